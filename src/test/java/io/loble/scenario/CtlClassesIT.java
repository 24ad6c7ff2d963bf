package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a call of {@code ctl} waits for is the loading of classes. Time differs from machine to
 * machine; what is loaded does not.
 */
class CtlClassesIT {

  @Test
  void aCallLoadsNothingOfTheBalancer(@TempDir Path directory) throws Exception {
    Path classes = directory.resolve("classes.log");
    try (Server server = Server.acking();
        Balancer balancer =
            Balancer.start(directory, Balancer.toml(Balancer.backend("b", server.port())));
        Program ctl =
            Loble.start(
                directory,
                Map.of(),
                List.of("-Xlog:class+load:" + classes),
                "ctl",
                "--admin",
                balancer.admin().address(),
                "status")) {
      assertThat(ctl.exitCode()).as("%s", ctl).isZero();
      assertThat(ctl.out()).contains("pool default");
    }
    assertThat(loaded(classes, "io.loble.ctl.command.StatusCommand ")).isNotEmpty();
    assertThat(
            loaded(
                classes,
                "io.netty.",
                "ch.qos.",
                "org.slf4j.",
                "java.net.http.",
                "jdk.internal.net"))
        .isEmpty();
    assertThat(loaded(classes, "io.vertx.")).hasSizeLessThan(20);
    assertThat(loaded(classes, "io.loble.ctl.").stream().filter(name -> name.endsWith("Command")))
        .containsExactlyInAnyOrder("io.loble.ctl.CtlCommand", "io.loble.ctl.command.StatusCommand");
  }

  /** The names of classes that begin with one of those. */
  private static List<String> loaded(Path log, String... beginnings) throws Exception {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .map(line -> line.replaceFirst("^(\\[[^]]*])+ ", "") + " ")
          .filter(line -> Stream.of(beginnings).anyMatch(line::startsWith))
          .map(line -> line.substring(0, line.indexOf(' ')))
          .toList();
    }
  }
}
