package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A proxy that is measured: one port on the loopback interface, one backend, both cores. */
sealed interface Peer permits LoblePeer, HaproxyPeer, NginxPeer {

  /** For how many connections each is set up, which is well below 20,000 descriptors. */
  int CONNECTIONS = 9_000;

  static Peer of(String name, Settings settings) {
    return switch (name) {
      case LoblePeer.NAME ->
          new LoblePeer(
              name, "Loble", settings.jar(), settings.launcher(settings.jar()), LoblePeer.PLAIN);
      case LoblePeer.WATCHING ->
          new LoblePeer(
              name,
              "Loble watching",
              settings.jar(),
              settings.launcher(settings.jar()),
              LoblePeer.WATCHED);
      case LoblePeer.BEFORE ->
          new LoblePeer(
              name,
              "Loble before",
              settings.before(),
              settings.launcher(settings.before()),
              LoblePeer.PLAIN);
      case HaproxyPeer.NAME -> new HaproxyPeer(false);
      case HaproxyPeer.SPLICING -> new HaproxyPeer(true);
      case NginxPeer.NAME -> new NginxPeer();
      default -> throw new IllegalArgumentException("no peer is called " + name);
    };
  }

  String name();

  /** As the table calls it. */
  String title();

  /** Why it cannot be measured. */
  Optional<String> missing();

  /** Writes what it needs to a directory, and returns how it is started there. */
  List<String> command(Path directory, int port, int backendPort, Reads reads) throws IOException;

  /** Waits until it says itself that it is ready; false where it has no way to. */
  default boolean awaitReady(Server started) throws IOException, InterruptedException {
    return false;
  }

  /** Starts it in a directory of its own, without waiting for it. */
  default Child launch(Path parent, int port, int backendPort, Reads reads)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(parent, name());
    if (reads.decrypts()) {
      TlsFiles.copy(parent, directory, reads);
    }
    return Child.start(directory, command(directory, port, backendPort, reads));
  }

  /** Starts it and waits until it takes connections. */
  default Server start(Path parent, int backendPort, Reads reads)
      throws IOException, InterruptedException {
    int port = Ports.free();
    return Server.of(port, launch(parent, port, backendPort, reads));
  }
}
