package io.loble.control;

import io.loble.config.ListenerConfig;
import io.loble.model.Address;
import io.loble.model.HostPort;
import io.loble.model.UnixPath;
import io.loble.net.ConnectError;
import io.loble.net.SocketFile;
import io.loble.net.Transports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out whether listeners could be opened before anything is changed for them. It can be wrong
 * a moment later; then opening them fails, and what was changed is changed back.
 */
final class FreeAddresses {

  private final Vertx vertx;

  FreeAddresses(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Fails when a listener that is new, or has moved, has an address that cannot be had. */
  Future<Void> check(List<ListenerConfig> before, List<ListenerConfig> after) {
    Optional<ListenerConfig> impossible =
        Transports.nameOf(vertx).equals("epoll")
            ? Optional.empty()
            : after.stream().filter(ListenerConfig::excludesIpv4).findFirst();
    if (impossible.isPresent()) {
      return Future.failedFuture(v6onlyRefused(impossible.get()));
    }
    Set<Address> held = before.stream().map(ListenerConfig::address).collect(Collectors.toSet());
    List<ListenerConfig> wanted =
        after.stream().filter(listener -> !held.contains(listener.address())).toList();
    return wanted.isEmpty()
        ? Future.succeededFuture()
        : vertx.executeBlocking(() -> tryAll(wanted, held), false).mapEmpty();
  }

  private static CommandException v6onlyRefused(ListenerConfig listener) {
    return CommandException.conflict(
        "listener '%s': v6only needs transport epoll".formatted(listener.name()));
  }

  private static int tryAll(List<ListenerConfig> wanted, Set<Address> held) {
    wanted.forEach(
        listener -> tryOne(listener, held.stream().anyMatch(listener.address()::mayClashWith)));
    return wanted.size();
  }

  /**
   * @param ours whether the port is ours already: then it depends on what is closed first, which
   *     opening them sorts out, and only the host can be tried
   */
  private static void tryOne(ListenerConfig listener, boolean ours) {
    try {
      if (listener.address() instanceof HostPort tcp) {
        bind(listener, tcp, ours);
      } else {
        SocketFile.check((UnixPath) listener.address());
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw CommandException.conflict(
          "listener '%s': cannot listen on %s: %s"
              .formatted(listener.name(), listener.address(), ConnectError.of(e).text()));
    }
  }

  private static void bind(ListenerConfig listener, HostPort address, boolean ours)
      throws IOException {
    InetAddress host = InetAddress.getByName(tried(listener, address.host()));
    bind(
        new InetSocketAddress(host, ours ? 0 : address.port()), family(host), listener.reusePort());
  }

  /** Java cannot keep IPv4 out; one address of IPv6 stands for all of them. */
  private static String tried(ListenerConfig listener, String host) {
    return listener.socket().v6only() && host.equals("::") ? "::1" : host;
  }

  /**
   * Binds, and does not listen as a server's socket would: on a shared port that would draw clients
   * that are then not served.
   */
  private static void bind(InetSocketAddress address, ProtocolFamily family, boolean shared)
      throws IOException {
    try (SocketChannel channel = SocketChannel.open(family)) {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      if (shared) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      channel.bind(address);
    }
  }

  /** Otherwise Java would ask for all IPv6 addresses too where all of IPv4 are meant. */
  private static ProtocolFamily family(InetAddress host) {
    return host instanceof Inet4Address
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }
}
