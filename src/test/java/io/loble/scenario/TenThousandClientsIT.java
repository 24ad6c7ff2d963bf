package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.sim.client.ClientReport;
import io.loble.sim.client.KindReport;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand clients of the usual mix go through the balancer, and every answer is right. */
class TenThousandClientsIT {

  private static final int CLIENTS = 10_000;

  @Test
  void noneFailsAndNoneIsLeft(@TempDir Path directory) throws Exception {
    List<SimulatedServer> servers = SimulatedServer.start(directory, 3);
    String toml = Balancer.toml(SimulatedServer.backends(servers));
    try (Balancer balancer = Balancer.start(directory, toml);
        Program clients = clients(directory, balancer.port())) {
      assertThat(clients.exitCode()).as(clients.toString()).isZero();
      assertThat(clients.out()).contains("total").containsPattern("\\d s  active \\d+  started");
      KindReport total = report(directory).total();
      assertThat(total.started()).isGreaterThanOrEqualTo(CLIENTS);
      assertThat(total.failures().values()).as(clients.out()).containsOnly(0L);
      assertThat(total.traffic().connects()).isEqualTo(total.started());
      // Some may still wait to be accepted when the last clients are stopped.
      await()
          .atMost(30, SECONDS)
          .untilAsserted(() -> assertThat(accepted(balancer)).isEqualTo(total.started()));
      await().atMost(20, SECONDS).until(() -> balancer.admin().active() == 0);
    } finally {
      SimulatedServer.close(servers);
    }
  }

  private static Program clients(Path directory, int port) {
    JsonObject conf =
        new JsonObject()
            .put("target", "127.0.0.1:" + port)
            // The rate grows while everything warms up, which costs two seconds' worth of clients.
            .put("rate", CLIENTS / 10)
            .put("ramp_up", "4s")
            .put("duration", "12500ms")
            .put("seed", 10);
    return Loble.start(
        directory, Map.of(), "client", "-conf", conf.encode(), "--report", "report.json");
  }

  private static ClientReport report(Path directory) throws Exception {
    return ClientReport.fromJson(
        new JsonObject(Files.readString(directory.resolve("report.json"))));
  }

  private static long accepted(Balancer balancer) {
    return balancer.admin().status().getJsonArray("listeners").getJsonObject(0).getLong("accepted");
  }
}
