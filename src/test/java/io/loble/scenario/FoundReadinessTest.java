package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.control.ProcessStatus;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that has just begun waits for what its pools find, but listens meanwhile. */
class FoundReadinessTest {

  private static final String FILE =
      """
      [admin]
      address = "127.0.0.1:0"
      [listener]
      address = "127.0.0.1:0"
      [pools.default.discover]
      dns = "db.test.:5432"
      servers = ["127.0.0.1:%d"]
      query_timeout = "100ms"
      start_timeout = "%s"
      """;

  @Test
  void itIsReadyWhenItsBackendsAreFound(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("loble.toml");
    Files.writeString(file, FILE.formatted(Peers.freePort(), "10m"));
    try (NameServer names = NameServer.start("127.0.0.1");
        InProcess balancer = InProcess.start(file, "1h")) {
      Admin admin = admin(balancer);
      assertThat(admin.status().getJsonArray("listeners")).hasSize(1);
      assertThat(said(admin)).isEqualTo("backends are not found as yet");

      Files.writeString(file, FILE.formatted(names.port(), "10m"));
      admin.command(200, "POST", "config/reload", "{}");
      await().atMost(20, TimeUnit.SECONDS).until(() -> admin.get("/readyz").statusCode() == 200);
    }
  }

  @Test
  void itDoesNotWaitForLongerThanItIsTo(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("loble.toml");
    Files.writeString(file, FILE.formatted(Peers.freePort(), "1s"));
    try (InProcess balancer = InProcess.start(file, "1h")) {
      Admin admin = admin(balancer);
      await().atMost(20, TimeUnit.SECONDS).until(() -> said(admin).equals("no usable backend"));
    }
  }

  private static Admin admin(InProcess balancer) {
    return new Admin(ProcessStatus.of(balancer.vertx()).adminAddress().toString());
  }

  private static String said(Admin admin) {
    HttpResponse<String> answer = admin.get("/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    return new JsonObject(answer.body()).getString("status");
  }
}
