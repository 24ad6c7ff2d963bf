package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is changed, loaded by command and changed back between two looks at it. */
class FileChangedBackTest {

  @Test
  void whatItSaysLastIsInForce(@TempDir Path directory) throws Exception {
    ConfigFile file = ConfigFile.create(directory, toml("5m"));
    try (InProcess balancer = InProcess.start(file.path(), "500ms")) {
      Faces faces = new Faces(balancer.vertx(), 0);
      file.rename(toml("6m"));
      assertThat(faces.overBus(Call.of("config.reload")).version()).isEqualTo(2);
      file.rename(toml("5m"));

      await().atMost(10, SECONDS).until(() -> version(faces) == 3);
    }
  }

  private static long version(Faces faces) {
    JsonObject status = faces.overBus(Call.of("status")).body();
    return status.getJsonObject("config").getLong("version");
  }

  private static String toml(String idle) {
    return """
        timeouts.idle = "%s"
        [listener]
        address = "127.0.0.1:0"
        [admin]
        address = "127.0.0.1:0"
        [[backends]]
        address = "127.0.0.1:1"
        """
        .formatted(idle);
  }
}
