package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Loble with one of its algorithms.
 *
 * @param name the algorithm, and after each {@code +} a further key of the pool with its value
 * @param jar the program
 * @param launcher how it is started, up to its own arguments
 */
record LobleChooser(String name, Path jar, List<String> launcher) implements Chooser {

  private static final String CONF = "worlds.toml";
  private static final Pattern PLUS = Pattern.compile("\\+");

  /** No probes: only what becomes of clients tells one backend from another. */
  private static final String TOML =
      """
      [listener]
      address = "127.0.0.1:%d"
      [admin]
      address = "127.0.0.1:0"
      [health.active]
      enabled = false
      [pools.default]
      algorithm = "%s"
      %s
      """;

  private static final String BACKEND =
      """
      [[pools.default.backends]]
      address = "127.0.0.1:%d"
      """;

  private List<String> words() {
    return Arrays.asList(PLUS.split(name, -1));
  }

  @Override
  public String title() {
    return words().stream().collect(Collectors.joining("`, `", "`", "`"));
  }

  @Override
  public Optional<String> missing() {
    return LoblePeer.missing(jar);
  }

  @Override
  public List<String> command(Path directory, int port, List<Integer> backends) throws IOException {
    Files.writeString(directory.resolve(CONF), toml(port, backends));
    return LoblePeer.withConfig(launcher, CONF);
  }

  private String toml(int port, List<Integer> backends) {
    List<String> words = words();
    String keys = String.join("\n", words.subList(1, words.size()));
    return TOML.formatted(port, words.get(0), keys)
        + backends.stream().map(BACKEND::formatted).collect(Collectors.joining());
  }
}
