package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java's own transport cannot do is said at start, not found out later. */
class NioLimitsIT {

  @Test
  void theLogSaysThatTheLastBytesBeforeAResetMayBeLostAndWhatHasNoEffect(@TempDir Path directory)
      throws IOException {
    Files.writeString(
        directory.resolve("loble.toml"),
        Balancer.toml("[tcp]\nuser_timeout = \"9s\"", Balancer.backend("nobody", 1)));
    String conf = "{\"config\": \"loble.toml\", \"transport\": \"nio\"}";
    try (Balancer balancer =
        Balancer.of(directory, Loble.start(directory, Map.of(), "run", "-conf", conf))) {
      assertThat(balancer.program().out())
          .contains("transport nio cannot tell when a client has taken the last bytes")
          .contains("transport nio has no tcp.user_timeout: what is set has no effect");
    }
  }
}
