package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A proxy that chooses among backends in one way. */
sealed interface Chooser permits LobleChooser, HaproxyChooser {

  /** Those that are compared unless others are asked for. */
  List<String> ALL =
      List.of(
          "round_robin",
          "random",
          "least_connections",
          "least_connections+ejection.enabled=true",
          "p2c",
          "peak_ewma",
          "least_bandwidth",
          "adaptive",
          "source_hash",
          "source_hash+balance_factor=1.25",
          "maglev",
          HaproxyChooser.PREFIX + "leastconn",
          HaproxyChooser.PREFIX + "random(2)");

  static Chooser of(String name, Settings settings) {
    return name.startsWith(HaproxyChooser.PREFIX)
        ? new HaproxyChooser(name.substring(HaproxyChooser.PREFIX.length()))
        : new LobleChooser(name, settings.jar(), settings.launcher());
  }

  /** As the table calls it. */
  String title();

  /** Why it cannot be measured. */
  Optional<String> missing();

  /** Writes what it needs to a directory, and returns how it is started there. */
  List<String> command(Path directory, int port, List<Integer> backends) throws IOException;

  /** Starts it in a directory of its own, and waits until it takes connections. */
  default Server start(Path parent, List<Integer> backends)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(parent, "chooser");
    int port = Ports.free();
    return Server.of(port, Child.start(directory, command(directory, port, backends)));
  }
}
