package io.loble.proxy;

import io.loble.balancer.ClientKey;
import io.loble.model.HashOn;
import io.loble.model.Pool;
import io.loble.net.PeerAddress;
import io.loble.preface.PrefaceResult;
import io.loble.preface.ProxyAddress;
import io.loble.tls.HandshakeInfo;
import io.loble.upstream.ConnectionOrder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one connection: whose it is, where it goes, how old it is and what went through
 * it, for the live view, commands and the access log.
 */
final class SessionRecord {

  private final long number;
  private final ListenerState listener;
  private final Sides sides;
  private final Lifetime lifetime;
  private final Accounting accounting;
  private SocketAddress client;
  private @Nullable Introduction introduction;

  /**
   * @param number which of its event loop's sessions it is, counted from 1 in the order of their
   *     beginnings
   */
  SessionRecord(
      long number,
      ListenerState listener,
      SocketAddress client,
      Sides sides,
      Lifetime lifetime,
      Accounting accounting) {
    this.number = number;
    this.listener = listener;
    this.client = client;
    this.sides = sides;
    this.lifetime = lifetime;
    this.accounting = accounting;
  }

  /** Which of its event loop's sessions it is. */
  long number() {
    return number;
  }

  ListenerState listener() {
    return listener;
  }

  Pool pool() {
    return accounting.pool();
  }

  /** The client: the other end of its connection, or the one that a PROXY header has named. */
  SocketAddress client() {
    return client;
  }

  /**
   * What the client has said first is known, and names it from now on.
   *
   * @return the route that takes it; null when none does
   */
  @Nullable Route introduced(PrefaceResult.Known said) {
    SocketAddress from = client;
    if (said.proxy() != null && said.proxy().source() instanceof ProxyAddress.Ip ip) {
      client = new InetSocketAddress(ip.address(), ip.port());
    }
    Route route = route(said.serverName(), said.alpn());
    introduction = Introduction.of(from, said, route);
    return route;
  }

  /**
   * The client is decrypted, and known by what was agreed on with it.
   *
   * @return the route that takes it; null when none does
   */
  @Nullable Route secured(HandshakeInfo agreed) {
    Introduction before = introduction;
    if (before == null) {
      throw new IllegalStateException("was not introduced");
    }
    Route route = route(Introduction.serverName(agreed), agreed.alpn().stream().toList());
    introduction = before.secured(agreed, route);
    return route;
  }

  /** What of the client routes depend on. */
  ClientInfo info() {
    Introduction known = introduction;
    return known == null
        ? new ClientInfo(PeerAddress.ip(client), null, List.of())
        : new ClientInfo(PeerAddress.ip(client), known.serverName(), known.alpn());
  }

  private @Nullable Route route(@Nullable String serverName, List<String> alpn) {
    Front front = listener.front();
    return front == null || listener.speaksHttp()
        ? null
        : front.routes().of(new ClientInfo(PeerAddress.ip(client), serverName, alpn)).orElse(null);
  }

  /** What the choice of its backend may depend on. */
  ClientKey key(HashOn on) {
    InetAddress ip = PeerAddress.ip(client);
    if (on == HashOn.CLIENT_PORT && ip != null && client instanceof InetSocketAddress from) {
      return ClientKey.of(ip.getAddress(), from.getPort());
    }
    String name = introduction == null ? null : introduction.serverName();
    return ClientInfo.key(on, ip, name);
  }

  /** What was learnt of the client before a backend was picked; null where nothing had to be. */
  @Nullable Introduction introduction() {
    return introduction;
  }

  /** What the client has connected to, as far as that can be told. */
  @Nullable InetSocketAddress connectedTo() {
    InetSocketAddress named = introduction == null ? null : introduction.connectedTo();
    return named == null ? sides.client().localAddress() : named;
  }

  /** Whether the client was told that its backend speaks TLS, which the backend has to be asked. */
  boolean asksForTls() {
    return introduction != null && introduction.asksForTls();
  }

  /** Whether its bytes are relayed to a backend that an order means. */
  boolean isMeantBy(ConnectionOrder order) {
    return accounting.isMeantBy(order);
  }

  boolean isOf(LiveConnections.Query query) {
    return query.isOf(listener.name(), pool().name(), accounting.backendName(), client);
  }

  /** Its part of what its client holds. */
  LiveClients.Share share() {
    return new LiveClients.Share(
        1, accounting.startNanos(), sides.bytesToBackend(), sides.bytesToClient());
  }

  /** Its row in the live view. */
  LiveConnection live(LiveConnection.State state) {
    Introduction known = introduction;
    HandshakeInfo agreed = known == null ? null : known.tls();
    return new LiveConnection(
        number,
        listener.name(),
        pool().name(),
        accounting.backendName(),
        client,
        agreed == null ? null : agreed.version(),
        known == null ? null : known.serverName(),
        accounting.startNanos(),
        lifetime.silentMillis(),
        accounting.waitedNanos() / 1_000_000,
        sides.bytesToBackend(),
        sides.bytesToClient(),
        sides.backend() == null ? null : sides.mode(),
        state);
  }

  /**
   * The line of the access log, for a connection that ends now.
   *
   * @param transport how the process talks to the kernel
   */
  AccessLine accessLine(String transport, Ending how) {
    return new AccessLine(
        client,
        listener.name(),
        pool(),
        accounting.choice(),
        accounting.attempts(),
        transport,
        sides.mode(),
        sides.bytesToBackend(),
        sides.bytesToClient(),
        System.nanoTime() - accounting.startNanos(),
        accounting.waitedNanos(),
        how,
        accounting.rejection(),
        introduction);
  }
}
