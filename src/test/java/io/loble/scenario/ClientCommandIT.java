package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.sim.ClientReport;
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
  void aTimeThatIsNoneIsSaid(@TempDir Path directory) {
    try (Program client = client(directory, "127.0.0.1:1", "--progress=soon")) {
      assertThat(client.exitCode()).isEqualTo(2);
      assertThat(client.err()).startsWith("--progress: must be a duration such as \"250ms\"");
    }
  }

  private static Program client(Path directory, String target, String... options) {
    List<String> arguments = new ArrayList<>(List.of("client", "-conf", REAL));
    arguments.addAll(List.of(options));
    return Loble.start(
        directory, Map.of("CLIENT_TARGET", target), arguments.toArray(String[]::new));
  }
}
