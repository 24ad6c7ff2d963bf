package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, given a TOML file as a newcomer gives it. */
class RunFileIT {

  @Test
  void theFileIsAllThatItNeeds(@TempDir Path directory) throws Exception {
    try (Server server = Server.acking()) {
      String good = Balancer.toml(Balancer.backend("a", server.port()));
      Files.writeString(directory.resolve("x.toml"), good);
      for (List<String> arguments :
          List.of(List.of("run", "x.toml"), List.of("x.toml"), List.of("-conf", "x.toml"))) {
        Program program = Loble.start(directory, Map.of(), arguments.toArray(String[]::new));
        try (Balancer balancer = Balancer.of(directory, program)) {
          Ask.forAck(balancer.port());
          balancer.program().terminate();
          assertThat(balancer.program().exitCode()).isZero();
        }
      }
    }
  }

  @Test
  void whatIsOddIsSaidAtStartInPlansAndAfterAReload(@TempDir Path directory) throws Exception {
    String good = Balancer.toml(Balancer.backend("a", 1));
    String spare = "[pools.spare]\n";
    try (Balancer balancer = Balancer.start(directory, good + spare)) {
      assertThat(balancer.program().out())
          .containsOnlyOnce("[config] loble.toml: pools.spare: no listener uses this pool");
      String slow = good + "[health.active]\ninterval = \"1s\"\ntimeout = \"2s\"\n";
      assertThat(
              balancer
                  .admin()
                  .command(200, "POST", "config/plan", slow)
                  .getJsonArray("warnings")
                  .encode())
          .contains("health.active.timeout: 2s is longer than the interval, 1s (pool default)");
      balancer.rewrite(slow);
      balancer
          .program()
          .awaitOut("\\[config] loble.toml: health.active.timeout: 2s is longer than the interval");
      await()
          .atMost(20, SECONDS)
          .untilAsserted(
              () -> assertThat(balancer.program().out()).contains("loble.toml reloaded"));
    }
  }

  @Test
  void aClusterNeedsWhatFindsItsNodes(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("x.toml"), Balancer.toml(Balancer.backend("a", 1)));
    try (Program program = Loble.start(directory, Map.of(), "-cluster", "x.toml")) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.out()).isEmpty();
      assertThat(program.err())
          .startsWith("-cluster: no cluster manager for Vert.x is on the class path")
          .doesNotContain("Exception", "ClusterManagerFactory");
    }
  }
}
