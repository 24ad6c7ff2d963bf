package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * HAProxy with one of its algorithms, a thread for each of two cores, and otherwise as it comes.
 *
 * @param balance the algorithm, as in its configuration
 */
record HaproxyChooser(String balance) implements Chooser {

  /** What its names begin with. */
  static final String PREFIX = "haproxy:";

  private static final String PROGRAM = "haproxy";

  private static final String CONF =
      """
      global
        nbthread 2
        maxconn %d
      defaults
        mode tcp
        timeout connect 5s
        timeout client 5m
        timeout server 5m
      listen worlds
        bind 127.0.0.1:%d
        balance %s
      %s
      """;

  private static final String SERVER = "  server backend-%1$d 127.0.0.1:%1$d";

  @Override
  public String title() {
    return "HAProxy `" + balance + "`";
  }

  @Override
  public Optional<String> missing() {
    return Tools.missing(PROGRAM);
  }

  @Override
  public List<String> command(Path directory, int port, List<Integer> backends) throws IOException {
    Path conf = directory.resolve("haproxy.cfg");
    String servers = backends.stream().map(SERVER::formatted).collect(Collectors.joining("\n"));
    Files.writeString(conf, CONF.formatted(Peer.CONNECTIONS, port, balance, servers));
    return List.of(Tools.path(PROGRAM), "-db", "-f", conf.toString());
  }
}
