package io.loble.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged jar, run as users run it. */
public final class Loble {

  private static final Path JAR =
      Path.of(System.getProperty("loble.jar", "target/loble-fat.jar")).toAbsolutePath();

  private Loble() {}

  /** {@code java -jar loble-fat.jar ARGUMENTS}, in a JVM made to start fast and stay small. */
  public static Program start(
      Path directory, Map<String, String> environment, String... arguments) {
    return start(directory, environment, List.of(), arguments);
  }

  /** {@code java OPTIONS -jar loble-fat.jar ARGUMENTS}. */
  static Program start(
      Path directory, Map<String, String> environment, List<String> jvm, String... arguments) {
    if (!Files.exists(JAR)) {
      throw new AssertionError(JAR + " is missing: scenarios run after 'mvn package'");
    }
    return Program.start(directory, environment, command(jvm, arguments));
  }

  /** The same where the process may have no more than so many descriptors. */
  static Program startWithin(int descriptors, Path directory, String... arguments) {
    return startWithin(descriptors, directory, List.of(), arguments);
  }

  static Program startWithin(
      int descriptors, Path directory, List<String> jvm, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -n " + descriptors + "; exec \"$@\"", "sh"));
    command.addAll(command(jvm, arguments));
    return Program.start(directory, Map.of(), command);
  }

  /** What a shell would be given, for who starts it in other ways. */
  static List<String> command(String... arguments) {
    return command(List.of(), arguments);
  }

  private static List<String> command(List<String> jvm, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(jvm);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    return command;
  }
}
