package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive of the classes, made as docs/behaviour.md says, is what the next start maps. */
class ClassDataArchiveIT {

  private static final String TRAINING =
      "{\"config\": \"" + Path.of("conf", "training.toml").toAbsolutePath() + "\"}";

  @Test
  void aStartMapsTheArchiveThatATrainingRunLeft(@TempDir Path directory) throws Exception {
    Path archive = directory.resolve("loble.jsa");
    train(directory, "-XX:ArchiveClassesAtExit=" + archive);
    assertThat(archive).isNotEmptyFile();

    Path classes = directory.resolve("classes.log");
    List<String> jvm = List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load:" + classes);
    try (Server server = Server.acking();
        Balancer balancer = start(directory, jvm, server)) {
      Ask.forAck(balancer.port());
      assertThat(balancer.program().err()).isEmpty();
    }
    assertThat(Files.readString(classes))
        .containsPattern("io.loble.cli.Main source: shared objects file .top.")
        .containsPattern("io.loble.proxy.Session source: shared objects file .top.");
  }

  @Test
  void aStartDoesWithoutAnArchive(@TempDir Path directory) throws Exception {
    List<String> jvm = List.of("-XX:SharedArchiveFile=" + directory.resolve("none.jsa"));
    try (Server server = Server.acking();
        Balancer balancer = start(directory, jvm, server)) {
      Ask.forAck(balancer.port());
      assertThat(balancer.program().err()).isEmpty();
    }
  }

  /** Runs until clients were served: the balancer probes itself through itself. */
  private static void train(Path directory, String option) {
    List<String> jvm = List.of("-Xlog:cds*=error", option);
    try (Program training = Loble.start(directory, Map.of(), jvm, "-conf", TRAINING)) {
      training.awaitOut("connection client=.* end=");
      training.terminate();
      assertThat(training.exitCode()).as("%s", training).isZero();
    }
  }

  private static Balancer start(Path directory, List<String> jvm, Server server) throws Exception {
    Files.writeString(
        directory.resolve("loble.toml"), Balancer.toml(Balancer.backend("b", server.port())));
    String conf = "{\"config\": \"loble.toml\"}";
    return Balancer.of(directory, Loble.start(directory, Map.of(), jvm, "-conf", conf));
  }
}
