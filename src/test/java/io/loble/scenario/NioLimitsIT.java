package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

  @Test
  void aReloadThatSetsWhatHasNoEffectIsLogged(@TempDir Path directory) throws IOException {
    String said = "transport nio has no tcp.user_timeout: what is set has no effect";
    String backend = Balancer.backend("nobody", 1);
    Files.writeString(directory.resolve("loble.toml"), Balancer.toml(backend));
    String conf =
        "{\"config\": \"loble.toml\", \"transport\": \"nio\", \"reload_interval\": \"100ms\"}";
    try (Balancer balancer =
        Balancer.of(directory, Loble.start(directory, Map.of(), "run", "-conf", conf))) {
      assertThat(balancer.program().out()).doesNotContain(said);
      balancer.rewrite(Balancer.toml("[tcp]\nuser_timeout = \"9s\"", backend));
      await().atMost(15, SECONDS).until(() -> balancer.program().out().contains(said));
    }
  }
}
