package io.loble.upstream.probe;

import io.loble.config.ActiveCheck;
import io.loble.model.Address;
import io.loble.model.HostPort;
import io.loble.model.Outbound;
import io.loble.model.PoolTls;
import io.loble.model.SendProxy;
import io.loble.net.Resolver;
import io.loble.net.TcpInfo;
import io.loble.tls.ClientTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Makes probes, which share the clients they connect with. Few have probes over HTTP, so what those
 * need is not loaded before it is wanted.
 */
public final class Probes {

  private final Vertx vertx;
  private final Resolver resolver;
  private final TlsSource tls;
  private final boolean knocksUnnoticed;
  private final ProbeClients<NetSocket> talking;
  private final ProbeClients<NetSocket> knocking;
  private final ProbeClients<HttpClientConnection> http;

  /** Knows what encrypts connections to the backends of a pool. */
  @FunctionalInterface
  public interface TlsSource {

    /** Completes on the caller's context; fails when a file cannot be used. */
    Future<ClientTls> client(String pool, PoolTls settings);
  }

  /** Probes of pools without TLS. */
  public Probes(Vertx vertx) {
    this(vertx, (pool, settings) -> Future.failedFuture("pool " + pool + " has TLS"));
  }

  /**
   * @param tls asked when a probe is to be encrypted
   */
  public Probes(Vertx vertx, TlsSource tls) {
    this.vertx = vertx;
    this.tls = tls;
    this.resolver = new Resolver(vertx);
    this.knocksUnnoticed = vertx.isNativeTransportEnabled() && TcpInfo.isKnownHere();
    this.talking = new ProbeClients<>(from -> socketDial(new NetClientOptions(), from));
    this.knocking = new ProbeClients<>(from -> socketDial(knockingOptions(), from));
    this.http = new ProbeClients<>(this::httpDial);
  }

  /**
   * On Linux's own transports a client puts off the last packet of its handshake ({@code
   * TCP_QUICKACK} is off, Vert.x's default) and resets instead: the kernel at the other end has
   * accepted by then, but its application hears nothing of it. Servers that count unfinished
   * conversations, such as MySQL, would else block this machine for its probes.
   */
  private NetClientOptions knockingOptions() {
    NetClientOptions options = new NetClientOptions();
    return knocksUnnoticed ? options.setTcpQuickAck(false).setSoLinger(0) : options;
  }

  /** The probe of a backend without TLS, or of one whose pool has no name. */
  Probe<?> of(Address address, ActiveCheck check, Outbound outbound) {
    return of("", address, check, outbound);
  }

  /**
   * The probe that a check asks for.
   *
   * @param pool the name of the backend's
   * @param outbound how connections to the backend begin
   */
  public Probe<?> of(String pool, Address address, ActiveCheck check, Outbound outbound) {
    return outbound.tls().enabled()
        ? secured(pool, address, check, outbound)
        : plain(address, check, outbound);
  }

  /** A connect alone would not tell whether clients can be served. */
  private Probe<?> secured(String pool, Address address, ActiveCheck check, Outbound outbound) {
    Conversation<NetSocket> inner =
        switch (check.type()) {
          case TCP -> socket -> Future.succeededFuture();
          case HTTP -> new SocketHttpConversation(address, check.http());
          case EXPECT -> new ExpectConversation(check.expect());
        };
    PoolTls settings = outbound.tls();
    SecuredConversation secured =
        new SecuredConversation(
            address, settings, () -> tls.client(pool, settings), check.timeout(), inner);
    SendProxy header = check.sendProxy() ? outbound.sendProxy() : SendProxy.OFF;
    return talk(address, check, outbound, announced(header, secured));
  }

  private Probe<?> plain(Address address, ActiveCheck check, Outbound outbound) {
    SendProxy header = check.sendProxy() ? outbound.sendProxy() : SendProxy.OFF;
    return switch (check.type()) {
      case TCP -> knock(address, check, outbound, header);
      case HTTP ->
          header == SendProxy.OFF
              ? new Probe<>(
                  address,
                  check.timeout(),
                  connector(http, outbound),
                  new HttpConversation(address, check.http()))
              : talk(
                  address,
                  check,
                  outbound,
                  new AnnouncedConversation(
                      header, new SocketHttpConversation(address, check.http())));
      case EXPECT ->
          talk(address, check, outbound, announced(header, new ExpectConversation(check.expect())));
    };
  }

  /** Where the application hears nothing of it, there is nothing to say to it. */
  private Probe<?> knock(Address address, ActiveCheck check, Outbound outbound, SendProxy header) {
    Conversation<NetSocket> silence = socket -> Future.succeededFuture();
    return new Probe<>(
        address,
        check.timeout(),
        connector(knocking, outbound),
        knocksUnnoticed && address instanceof HostPort ? silence : announced(header, silence));
  }

  private Probe<?> talk(
      Address address, ActiveCheck check, Outbound outbound, Conversation<NetSocket> conversation) {
    return new Probe<>(address, check.timeout(), connector(talking, outbound), conversation);
  }

  private static Conversation<NetSocket> announced(
      SendProxy header, Conversation<NetSocket> conversation) {
    return header == SendProxy.OFF ? conversation : new AnnouncedConversation(header, conversation);
  }

  private <C> ProbeConnector<C> connector(ProbeClients<C> clients, Outbound outbound) {
    return new ProbeConnector<>(
        vertx, resolver, new SourcedProbeDial<>(clients, outbound.source()));
  }

  private SocketDial socketDial(NetClientOptions options, @Nullable InetAddress from) {
    if (from != null) {
      options.setLocalAddress(from.getHostAddress());
    }
    return new SocketDial(vertx.createNetClient(options));
  }

  private HttpDial httpDial(@Nullable InetAddress from) {
    HttpClientOptions options = new HttpClientOptions().setKeepAlive(false);
    if (from != null) {
      options.setLocalAddress(from.getHostAddress());
    }
    return new HttpDial(vertx.createHttpClient(options));
  }
}
