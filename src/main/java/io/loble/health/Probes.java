package io.loble.health;

import io.loble.config.ActiveCheck;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import org.jspecify.annotations.Nullable;

/**
 * Makes probes, which share the clients they connect with. Few have probes over HTTP, so what those
 * need is not loaded before it is wanted.
 */
final class Probes {

  private final Vertx vertx;
  private final ProbeConnector connector;
  private final NetClient talking;
  private final NetClient knocking;
  private @Nullable HttpClient http;

  Probes(Vertx vertx) {
    this.vertx = vertx;
    this.connector = new ProbeConnector(vertx);
    this.talking = vertx.createNetClient();
    this.knocking = vertx.createNetClient(knockingOptions(vertx));
  }

  /**
   * On Linux's own transports a client puts off the last packet of its handshake ({@code
   * TCP_QUICKACK} is off, Vert.x's default) and resets instead: the kernel at the other end has
   * accepted by then, but its application hears nothing of it. Servers that count unfinished
   * conversations, such as MySQL, would else block this machine for its probes.
   */
  private static NetClientOptions knockingOptions(Vertx vertx) {
    NetClientOptions options = new NetClientOptions();
    return vertx.isNativeTransportEnabled()
        ? options.setTcpQuickAck(false).setSoLinger(0)
        : options;
  }

  /** The probe that a check asks for. */
  Probe of(HostPort address, ActiveCheck check) {
    return switch (check.type()) {
      case TCP -> new TcpProbe(connector, new SocketDial(knocking, check.timeout()), address);
      case HTTP -> new HttpProbe(connector, http(), address, check.timeout(), check.http());
      case EXPECT ->
          new ExpectProbe(
              connector, new SocketDial(talking, check.timeout()), address, check.expect());
    };
  }

  private HttpClient http() {
    HttpClient client = http;
    if (client == null) {
      client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
      http = client;
    }
    return client;
  }
}
