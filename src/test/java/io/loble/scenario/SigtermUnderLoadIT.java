package io.loble.scenario;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while short connections come and go: the process ends at once, cutting none of them. */
class SigtermUnderLoadIT {

  @Test
  void shortConnectionsDoNotHoldItUp(@TempDir Path directory) throws Exception {
    try (Server server = Server.acking();
        Balancer balancer =
            Balancer.start(directory, Balancer.toml(Balancer.backend("b", server.port())));
        Traffic traffic = new Traffic(balancer.port())) {
      await().atMost(20, SECONDS).until(() -> traffic.answered() > 300);
      long start = System.nanoTime();
      balancer.program().terminate();
      assertThat(balancer.program().exitCode()).isZero();
      assertThat(NANOSECONDS.toSeconds(System.nanoTime() - start))
          .as("seconds, of the thirty that it has")
          .isLessThan(15);
      assertThat(balancer.program().out())
          .containsPattern("\\[drain] \\d+ connections drained, 0 cut");
    }
  }
}
