package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With least_connections, a server that takes two seconds for an answer gets few questions. */
class SlowServerIT {

  private List<SimulatedServer> servers = List.of();

  @AfterEach
  void stopServers() {
    SimulatedServer.close(servers);
  }

  @Test
  void aSlowServerIsAvoided(@TempDir Path directory) throws Exception {
    servers =
        SimulatedServer.running(
            List.of(
                SimulatedServer.starting(directory, "fast-1", Map.of()),
                SimulatedServer.starting(directory, "fast-2", Map.of()),
                SimulatedServer.starting(directory, "slow", Map.of("SERVER_DELAY_MS", "2000"))));
    String algorithm = "[balancer]\nalgorithm = \"least_connections\"\n";
    String toml = Balancer.toml(algorithm, SimulatedServer.backends(servers));
    try (Balancer balancer = Balancer.start(directory, toml);
        Traffic traffic = new Traffic(balancer.port())) {
      await().atMost(30, SECONDS).until(() -> traffic.answered() >= 1_000);
      Admin admin = balancer.admin();
      long slow = admin.total("slow");
      assertThat(slow).as("it is avoided, not excluded").isPositive();
      assertThat(admin.total("fast-1")).isGreaterThan(20 * slow);
      assertThat(admin.total("fast-2")).isGreaterThan(20 * slow);
      assertThat(traffic.failures()).isEmpty();
    }
  }
}
