package io.loble.scenario;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running load balancer with a configuration file. */
final class Balancer implements AutoCloseable {

  private static final String FILE = "loble.toml";

  private final Path directory;
  private final Program program;
  private final String listeners;
  private final Admin admin;

  private Balancer(Path directory, Program program) {
    this.directory = directory;
    this.program = program;
    String started = program.awaitOut("loble \\S+ runs, .*").group();
    this.admin = new Admin(find("admin on ([^ ,]+)", started));
    this.listeners = started;
  }

  /** Starts one with that file; addresses in it should have port 0. */
  static Balancer start(Path directory, String toml) throws IOException {
    return start(directory, toml, "100ms", Map.of());
  }

  /** The same where the file is looked at only so often, with further variables. */
  static Balancer start(
      Path directory, String toml, String reloadInterval, Map<String, String> environment)
      throws IOException {
    Files.writeString(directory.resolve(FILE), toml);
    String conf =
        "{\"config\": \"%s\", \"reload_interval\": \"%s\"}".formatted(FILE, reloadInterval);
    return of(directory, Loble.start(directory, environment, "run", "-conf", conf));
  }

  /** Waits until it runs. */
  static Balancer of(Path directory, Program program) {
    try {
      return new Balancer(directory, program);
    } catch (AssertionError | RuntimeException e) {
      program.close();
      throw e;
    }
  }

  /** The file that most scenarios begin with: one listener, and backends on this machine. */
  static String toml(String... sections) {
    return """
        [listener]
        address = "127.0.0.1:0"
        [admin]
        address = "127.0.0.1:0"
        """
        + String.join("\n", sections);
  }

  /** A backend of the default pool. */
  static String backend(String name, int port) {
    return backend(name, port, 1);
  }

  static String backend(String name, int port, int weight) {
    return """
        [[backends]]
        name = "%s"
        address = "127.0.0.1:%d"
        weight = %d
        """
        .formatted(name, port, weight);
  }

  /** Changes the file as careful editors do: all of it at once. */
  void rewrite(String toml) throws IOException {
    Path next = Files.writeString(directory.resolve("next.toml"), toml);
    Files.move(next, directory.resolve(FILE), ATOMIC_MOVE, REPLACE_EXISTING);
  }

  /** Where it works, and its file is. */
  Path directory() {
    return directory;
  }

  Program program() {
    return program;
  }

  Admin admin() {
    return admin;
  }

  int port() {
    return port("default");
  }

  /** The port that a listener had at start. */
  int port(String listener) {
    return Integer.parseInt(find("[ ]" + listener + " on \\S+:(\\d+) ", listeners));
  }

  private static String find(String regex, String in) {
    Matcher matcher = Pattern.compile(regex).matcher(in);
    if (!matcher.find()) {
      throw new AssertionError("no '" + regex + "' in: " + in);
    }
    return matcher.group(1);
  }

  @Override
  public void close() {
    program.close();
  }
}
