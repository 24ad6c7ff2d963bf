package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environment variables are all that it takes to run, as in a container. */
class EnvironmentOnlyIT {

  /** Only so that several tests can run on one machine: the admin interface is on port 9090. */
  private static final String ANY_ADMIN_PORT =
      "{\"overrides\": {\"admin\": {\"address\": \"127.0.0.1:0\"}}}";

  @Test
  void variablesAloneRunIt(@TempDir Path directory) throws Exception {
    try (Server a = Server.acking();
        Server b = Server.acking();
        Balancer balancer = start(directory, a, b)) {
      for (int i = 0; i < 40; i++) {
        Ask.forAck(balancer.port());
      }
      await().atMost(10, SECONDS).until(() -> a.served() + b.served() == 40);
      assertThat(a.served()).isEqualTo(30);
      assertThat(b.served()).isEqualTo(10);
      assertThat(balancer.admin().status().getString("id")).isEqualTo("lb-7");
    }
  }

  private static Balancer start(Path directory, Server a, Server b) {
    String backends = "127.0.0.1:" + a.port() + ";weight=3,127.0.0.1:" + b.port();
    Map<String, String> environment =
        Map.of("LB_PORT", "0", "LB_BACKENDS", backends, "LB_ID", "lb-7");
    return Balancer.of(directory, Loble.start(directory, environment, "-conf", ANY_ADMIN_PORT));
  }

  @Test
  void theLogIsUtf8WhereThereIsNoLocale(@TempDir Path directory) throws Exception {
    Map<String, String> settings = Map.of("SERVER_MAX_CONNS", "1", "LC_ALL", "POSIX");
    try (SimulatedServer server =
            SimulatedServer.running(
                    List.of(SimulatedServer.starting(directory, "server-1", settings)))
                .get(0);
        Socket first = Ask.connect(server.port())) {
      Ask.forAck(first);
      Ask.connect(server.port()).close();
      server.program().awaitOut("\\[server-1] at capacity \\(1/1\\) — dropping ");
    }
  }

  @Test
  void nothingElseIsNeeded(@TempDir Path directory) {
    Map<String, String> environment =
        Map.of(
            "LB_PORT", "9000",
            "LB_BACKENDS", "10.0.0.1:80;weight=3,10.0.0.2:80",
            "LB_ALGO", "lc",
            "LB_HEALTH_INTERVAL", "7");
    try (Program check = Loble.start(directory, environment, "check")) {
      assertThat(check.exitCode()).as("%s", check).isZero();
      assertThat(check.out())
          .contains("\"0.0.0.0:9000\"", "\"10.0.0.1:80\"", "weight = 3", "\"10.0.0.2:80\"")
          .contains("\"least_connections\"", "interval = \"7s\"");
    }
  }
}
