package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server dies under load: once it counts as down, no new connection fails; once it is back, it
 * gets its share again.
 */
class KilledServerIT {

  /** Without retries, so that it is health alone that keeps connections from failing. */
  private static final String RULES =
      """
      [balancer]
      retries = 0
      [health]
      failure_threshold = 3
      success_threshold = 2
      [health.active]
      interval = "250ms"
      """;

  private List<SimulatedServer> servers = List.of();

  @AfterEach
  void stopServers() {
    SimulatedServer.close(servers);
  }

  @Test
  void noConnectionFailsOnceItIsDownAndItComesBack(@TempDir Path directory) throws Exception {
    servers = new ArrayList<>(SimulatedServer.start(directory, 3));
    String toml = Balancer.toml(RULES, SimulatedServer.backends(servers));
    try (Balancer balancer = Balancer.start(directory, toml);
        Traffic traffic = new Traffic(balancer.port())) {
      awaitTrafficTo("server-2", balancer.admin());
      assertThat(traffic.failures()).isEmpty();

      servers.get(1).program().kill();
      balancer.program().awaitOut("\\[health] backend server-2 DOWN .*");
      await().until(() -> !balancer.admin().state("server-2").equals("healthy"));
      final long down = System.nanoTime();
      awaitAnswers(traffic);

      restartSecond(directory);
      balancer.program().awaitOut("\\[health] backend server-2 UP .*");
      awaitTrafficTo("server-2", balancer.admin());
      assertThat(balancer.admin().state("server-2")).isEqualTo("healthy");
      assertThat(traffic.failuresSince(down)).isEmpty();
    }
  }

  private void restartSecond(Path directory) {
    SimulatedServer dead = servers.get(1);
    Map<String, String> samePort = Map.of("SERVER_PORT", String.valueOf(dead.port()));
    servers.set(
        1,
        SimulatedServer.running(List.of(SimulatedServer.starting(directory, dead.id(), samePort)))
            .get(0));
  }

  private static void awaitTrafficTo(String backend, Admin admin) {
    long before = admin.total(backend);
    await().atMost(20, SECONDS).until(() -> admin.total(backend) > before + 100);
  }

  private static void awaitAnswers(Traffic traffic) {
    int before = traffic.answered();
    await().atMost(20, SECONDS).until(() -> traffic.answered() > before + 500);
  }
}
