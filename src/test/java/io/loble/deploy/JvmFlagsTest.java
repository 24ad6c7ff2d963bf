package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a JVM is started for the balancer, it ends when it has run out of memory. */
class JvmFlagsTest {

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile", "conf/systemd/loble@.service"})
  void outOfMemoryEndsTheProcessAndNoOperatorsSignalDoes(String file) throws IOException {
    assertThat(Files.readString(Path.of(file)))
        .contains("-XX:+ExitOnOutOfMemoryError", "_JAVA_SR_SIGNUM=64");
  }

  /** They start the image by its own entry point. */
  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", "k8s/base/deployment.yaml"})
  void nothingElseStartsAJvm(String file) throws IOException {
    assertThat(Files.readString(Path.of(file))).doesNotContain("bin/java", "java -");
  }
}
