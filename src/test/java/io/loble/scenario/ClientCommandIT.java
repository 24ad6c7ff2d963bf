package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.sim.client.ClientReport;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code loble client} prints, and where. */
@ExtendWith(VertxExtension.class)
class ClientCommandIT {

  private static final String REAL = "{\"weights\": {\"real\": 1}, \"duration\": \"1s\"}";

  @Test
  void jsonIsAllThatStandardOutputHas(@TempDir Path directory) {
    List<SimulatedServer> servers = SimulatedServer.start(directory, 1);
    String target = "127.0.0.1:" + servers.get(0).port();
    try (Program client = client(directory, target, "--json", "--progress=200ms")) {
      assertThat(client.exitCode()).as(client.toString()).isZero();
      ClientReport report = ClientReport.fromJson(new JsonObject(client.out()));
      assertThat(report.total().started()).isPositive();
      assertThat(report.total().failed()).isZero();
      assertThat(client.err()).containsPattern("s  active \\d+  started \\d+ \\(\\d+/s\\)");
    } finally {
      SimulatedServer.close(servers);
    }
  }

  @Test
  void aWrongAnswerIsShownAndIsTheExitCode(@TempDir Path directory, Vertx vertx) throws Exception {
    String target = EchoServer.start(vertx).address();
    try (Program client = client(directory, target, "--no-progress", "--report=report.json")) {
      assertThat(client.exitCode()).as(client.toString()).isEqualTo(1);
      assertThat(client.out())
          .doesNotContain("s  active")
          .contains("wrong: real client 0, byte 0 of an answer: expected \"ACK\\n\", got \"REQ 1/");
      String written = Files.readString(directory.resolve("report.json"));
      assertThat(ClientReport.fromJson(new JsonObject(written)).wrongAnswers()).isPositive();
    }
  }

  @Test
  void whenNothingSucceedsTheExitCodeSaysSo(@TempDir Path directory) {
    String nobody = "127.0.0.1:" + Peers.freePort();
    try (Program client = client(directory, nobody, "--no-progress")) {
      assertThat(client.exitCode()).as(client.toString()).isEqualTo(1);
      assertThat(client.err())
          .containsPattern("the run failed: nothing succeeded, and \\d+ clients? failed");
    }
    try (Program client = client(directory, nobody, "--no-progress", "--fail-above=100%")) {
      assertThat(client.exitCode()).as(client.toString()).isZero();
    }
  }

  @Test
  void aBackendThatIsDownBehindTheBalancerIsNoSuccess(@TempDir Path directory) throws Exception {
    String toml = Balancer.toml(Balancer.backend("a", Peers.freePort()));
    try (Balancer balancer = Balancer.start(directory, toml);
        Program client = mix(directory, "127.0.0.1:" + balancer.port())) {
      assertThat(client.exitCode()).as(client.toString()).isEqualTo(1);
      assertThat(client.err()).contains("the run failed: nothing succeeded");
    }
  }

  @Test
  void howManyMayFailIsALimit(@TempDir Path directory) {
    Map<String, String> flaky = Map.of("SERVER_CHAOS_PCT", "50");
    List<SimulatedServer> servers =
        SimulatedServer.running(List.of(SimulatedServer.starting(directory, "server-1", flaky)));
    String target = "127.0.0.1:" + servers.get(0).port();
    try {
      assertThat(errorsOf(0, directory, target)).isEmpty();
      assertThat(errorsOf(0, directory, target, "--fail-above", "0.95")).isEmpty();
      assertThat(errorsOf(1, directory, target, "--fail-above", "5%"))
          .matches(
              "the run failed: \\d+ of \\d+ clients failed \\(\\d+\\.\\d%\\); at most 5% may\n");
      assertThat(errorsOf(1, directory, target, "--fail-above=2")).contains("; at most 2 may");
    } finally {
      SimulatedServer.close(servers);
    }
  }

  private static String errorsOf(int exit, Path directory, String target, String... options) {
    String conf =
        "{\"weights\": {\"real\": 1}, \"connections\": 8, \"duration\": \"2s\", \"fail_above\": 0.9}";
    List<String> arguments = new ArrayList<>(List.of("client", "-conf", conf, "--no-progress"));
    arguments.addAll(List.of(options));
    Map<String, String> environment = Map.of("CLIENT_TARGET", target);
    try (Program client = Loble.start(directory, environment, arguments.toArray(String[]::new))) {
      assertThat(client.exitCode()).as(client.toString()).isEqualTo(exit);
      return client.err();
    }
  }

  @Test
  void aLimitThatIsNoneIsSaid(@TempDir Path directory) {
    try (Program client = client(directory, "127.0.0.1:1", "--fail-above=some")) {
      assertThat(client.exitCode()).isEqualTo(2);
      assertThat(client.err()).startsWith("--fail-above: expected a share such as \"5%\" or 0.05");
    }
  }

  /** Clients of the usual kinds. */
  private static Program mix(Path directory, String target) {
    String conf = "{\"duration\": \"2s\", \"rate\": 40, \"seed\": 7}";
    return Loble.start(
        directory, Map.of("CLIENT_TARGET", target), "client", "-conf", conf, "--no-progress");
  }

  @Test
  void aReportThatCannotBeWrittenIsSaidWithoutNamesOfClasses(@TempDir Path directory) {
    List<SimulatedServer> servers = SimulatedServer.start(directory, 1);
    String target = "127.0.0.1:" + servers.get(0).port();
    try (Program client = client(directory, target, "--no-progress", "--report=no/where.json")) {
      assertThat(client.exitCode()).as(client.toString()).isEqualTo(1);
      assertThat(client.err())
          .contains("cannot write the report: no/where.json: no such file or directory")
          .doesNotContain("Exception");
    } finally {
      SimulatedServer.close(servers);
    }
  }

  @Test
  void aServerSaysOnceWhereItListens(@TempDir Path directory) {
    Map<String, String> anyPorts = Map.of("SERVER_PORT", "0", "SERVER_CONTROL_PORT", "0");
    try (Program server = Loble.start(directory, anyPorts, "server", "--stats=300ms")) {
      // By then all its instances listen.
      server.awaitOut("(?s)active 0, .*active 0, ");
      assertThat(server.out()).containsOnlyOnce("listening on");
    }
  }

  @Test
  void aTimeThatIsNoneIsSaid(@TempDir Path directory) {
    try (Program client = client(directory, "127.0.0.1:1", "--progress=soon")) {
      assertThat(client.exitCode()).isEqualTo(2);
      assertThat(client.err()).startsWith("--progress: expected a duration such as \"250ms\"");
    }
  }

  private static Program client(Path directory, String target, String... options) {
    List<String> arguments = new ArrayList<>(List.of("client", "-conf", REAL));
    arguments.addAll(List.of(options));
    return Loble.start(
        directory, Map.of("CLIENT_TARGET", target), arguments.toArray(String[]::new));
  }
}
