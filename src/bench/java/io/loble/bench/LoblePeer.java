package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The packaged Loble, run as users run it.
 *
 * @param launcher how it is started, up to its own arguments
 */
record LoblePeer(Path jar, List<String> launcher) implements Peer {

  static final String NAME = "loble";

  /** No probes, since the others send none either. */
  private static final String TOML =
      """
      [listener]
      address = "127.0.0.1:%d"
      [admin]
      address = "127.0.0.1:0"
      [health.active]
      enabled = false
      [[backends]]
      address = "127.0.0.1:%d"
      """;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Loble";
  }

  @Override
  public Optional<String> missing() {
    return Files.exists(jar) ? Optional.empty() : Optional.of(jar + " is not built");
  }

  @Override
  public List<String> command(Path directory, int port, int backendPort) throws IOException {
    Files.writeString(directory.resolve("loble.toml"), TOML.formatted(port, backendPort));
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of("-conf", "{\"config\": \"loble.toml\"}"));
    return command;
  }
}
