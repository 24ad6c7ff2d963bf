package io.loble.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The benchmarks, as {@code mvn -Pbench verify} runs them. */
final class Benchmarks {

  private Benchmarks() {}

  /** Runs some of them on the packaged program, and waits until they have succeeded. */
  static void run(Path directory, Map<String, String> properties) {
    Path jar = Path.of(System.getProperty("loble.jar", "target/loble-fat.jar")).toAbsolutePath();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dloble.jar=" + jar));
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-cp", classPath(), "io.loble.bench.Bench"));
    Program.run(directory, command);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
