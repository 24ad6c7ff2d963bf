package io.loble.upstream.probe;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What connects one kind of probes: one client for each address of this machine that they come
 * from, made when it is wanted for the first time. Few are, and all are kept.
 *
 * @param <C> the connection
 */
final class ProbeClients<C> {

  private final Function<@Nullable InetAddress, ProbeConnector.Dial<C>> factory;
  private final Map<@Nullable InetAddress, ProbeConnector.Dial<C>> clients = new HashMap<>();

  ProbeClients(Function<@Nullable InetAddress, ProbeConnector.Dial<C>> factory) {
    this.factory = factory;
  }

  /**
   * The one that connects from an address.
   *
   * @param from null where the system is to choose
   */
  ProbeConnector.Dial<C> from(@Nullable InetAddress from) {
    return clients.computeIfAbsent(from, factory);
  }
}
