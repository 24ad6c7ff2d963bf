package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** HAProxy with a thread for each of two cores, and otherwise as it comes. */
record HaproxyPeer() implements Peer {

  static final String NAME = "haproxy";

  private static final String CONF =
      """
      global
        nbthread 2
        maxconn %1$d
      defaults
        mode tcp
        timeout connect 5s
        timeout client 5m
        timeout server 5m
      listen bench
        bind 127.0.0.1:%2$d
        server backend 127.0.0.1:%3$d
      """;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "HAProxy";
  }

  @Override
  public Optional<String> missing() {
    return Tools.missing(NAME);
  }

  @Override
  public List<String> command(Path directory, int port, int backendPort) throws IOException {
    Path conf = directory.resolve("haproxy.cfg");
    Files.writeString(conf, CONF.formatted(CONNECTIONS, port, backendPort));
    return List.of(Tools.path(NAME), "-db", "-f", conf.toString());
  }
}
