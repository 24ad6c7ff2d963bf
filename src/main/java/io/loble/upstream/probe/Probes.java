package io.loble.upstream.probe;

import io.loble.config.ActiveCheck;
import io.loble.model.HostPort;
import io.loble.net.Resolver;
import io.loble.net.TcpInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * Makes probes, which share the clients they connect with. Few have probes over HTTP, so what those
 * need is not loaded before it is wanted.
 */
public final class Probes {

  private final Vertx vertx;
  private final Resolver resolver;
  private final ProbeConnector<NetSocket> talking;
  private final ProbeConnector<NetSocket> knocking;
  private @Nullable ProbeConnector<HttpClientConnection> http;

  public Probes(Vertx vertx) {
    this.vertx = vertx;
    this.resolver = new Resolver(vertx);
    this.talking = connector(new NetClientOptions());
    this.knocking = connector(knockingOptions(vertx));
  }

  /**
   * On Linux's own transports a client puts off the last packet of its handshake ({@code
   * TCP_QUICKACK} is off, Vert.x's default) and resets instead: the kernel at the other end has
   * accepted by then, but its application hears nothing of it. Servers that count unfinished
   * conversations, such as MySQL, would else block this machine for its probes.
   */
  private static NetClientOptions knockingOptions(Vertx vertx) {
    NetClientOptions options = new NetClientOptions();
    return vertx.isNativeTransportEnabled() && TcpInfo.isKnownHere()
        ? options.setTcpQuickAck(false).setSoLinger(0)
        : options;
  }

  /** The probe that a check asks for. */
  public Probe<?> of(HostPort address, ActiveCheck check) {
    return switch (check.type()) {
      case TCP ->
          new Probe<>(address, check.timeout(), knocking, socket -> Future.succeededFuture());
      case HTTP ->
          new Probe<>(
              address, check.timeout(), http(), new HttpConversation(address, check.http()));
      case EXPECT ->
          new Probe<>(address, check.timeout(), talking, new ExpectConversation(check.expect()));
    };
  }

  private ProbeConnector<NetSocket> connector(NetClientOptions options) {
    return new ProbeConnector<>(vertx, resolver, new SocketDial(vertx.createNetClient(options)));
  }

  private ProbeConnector<HttpClientConnection> http() {
    ProbeConnector<HttpClientConnection> connector = http;
    if (connector == null) {
      HttpClientOptions options = new HttpClientOptions().setKeepAlive(false);
      connector =
          new ProbeConnector<>(vertx, resolver, new HttpDial(vertx.createHttpClient(options)));
      http = connector;
    }
    return connector;
  }
}
