package io.loble.proxy;

import io.loble.config.LobleConfig;
import io.loble.model.Address;
import io.loble.model.UnixPath;
import io.loble.net.Transports;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds Unix sockets in a configuration that the transport of a Vert.x instance cannot serve. */
public final class UnixSupport {

  /** An address, and whose it is. */
  private record Use(String owner, Address address) {}

  private UnixSupport() {}

  /** What cannot be served, and why; empty when all can. */
  public static Optional<String> fault(Vertx vertx, LobleConfig config) {
    return Transports.hasUnixSockets(vertx)
        ? Optional.empty()
        : Stream.concat(listeners(config), backends(config))
            .filter(use -> use.address() instanceof UnixPath)
            .findFirst()
            .map(use -> use.owner() + ": " + Transports.withoutUnixSockets(vertx));
  }

  private static Stream<Use> listeners(LobleConfig config) {
    return config.listeners().stream()
        .map(listener -> new Use("listener '" + listener.name() + "'", listener.address()));
  }

  private static Stream<Use> backends(LobleConfig config) {
    return config.pools().values().stream()
        .flatMap(pool -> pool.backends().stream())
        .map(backend -> new Use("backend '" + backend.name() + "'", backend.address()));
  }
}
