package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three servers share 3,000 connections evenly, and every one of them is accounted for. */
class RoundRobinIT {

  private static final int CONNECTIONS = 3_000;
  private static final int THREADS = 8;

  private List<SimulatedServer> servers = List.of();

  @AfterEach
  void stopServers() {
    SimulatedServer.close(servers);
  }

  @Test
  void connectionsAreSpreadEvenly(@TempDir Path directory) throws Exception {
    servers = SimulatedServer.start(directory, 3);
    String toml = Balancer.toml(SimulatedServer.backends(servers));
    try (Balancer balancer = Balancer.start(directory, toml)) {
      askFromSeveralThreads(balancer.port());
      await().atMost(10, SECONDS).until(() -> balancer.admin().active() == 0);
      List<Long> totals =
          servers.stream().map(server -> balancer.admin().total(server.id())).toList();
      long share = CONNECTIONS / servers.size();
      assertThat(totals).allSatisfy(total -> assertThat(total).isBetween(share - 1, share + 1));
      assertThat(totals.stream().mapToLong(Long::longValue).sum()).isEqualTo(CONNECTIONS);
    }
  }

  private static void askFromSeveralThreads(int port) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> asked = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      asked.add(
          threads.submit(
              () -> {
                Ask.forAck(port);
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> one : asked) {
      one.get(Program.PATIENCE_SECONDS, SECONDS);
    }
  }
}
