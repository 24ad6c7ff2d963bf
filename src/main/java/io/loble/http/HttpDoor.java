package io.loble.http;

import io.loble.access.NetworkSet;
import io.loble.config.FrontConfig;
import io.loble.config.ListenerConfig;
import io.loble.config.ListenerHttp;
import io.loble.config.source.ErrorPages;
import io.loble.net.Handover;
import io.loble.net.channel.HttpServerSockets;
import io.loble.proxy.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds for the clients of one listener on one event loop, as a configuration says: how their
 * requests are read, which routes they take, and what they get where something is wrong.
 */
final class HttpDoor {

  /** What one request of HTTP/2 may have in flight before its reader says more. */
  private static final int WINDOW = 256 * 1024;

  private static final Logger log = LoggerFactory.getLogger(HttpDoor.class);

  private final ListenerHttp settings;
  private final FrontConfig front;
  private final Routes routes;
  private final NetworkSet trusted;
  private ErrorPages pages = ErrorPages.NONE;
  private final HttpServerSockets sockets;

  HttpDoor(Vertx vertx, ListenerConfig config) {
    this.settings = config.http();
    this.front = config.front();
    this.routes = new Routes(front.routes());
    this.trusted = NetworkSet.of(settings.trustedProxies());
    vertx
        .executeBlocking(() -> ErrorPages.read(settings))
        .onSuccess(read -> pages = read)
        .onFailure(cause -> log.warn("listener {}: {}", config.name(), cause.getMessage()));
    this.sockets = new HttpServerSockets(vertx, options());
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setMaxInitialLineLength(settings.maxHead())
        .setMaxHeaderSize(settings.maxHead())
        .setHandle100ContinueAutomatically(false)
        .setDecompressionSupported(false)
        // Between client and backend; and Netty's handler of them takes 128 requests at once at
        // most.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setHttp2ClearTextEnabled(false)
        .setHttp2ConnectionWindowSize(4 * WINDOW)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(settings.maxStreams())
                .setInitialWindowSize(WINDOW)
                .setMaxHeaderListSize(settings.maxHead()));
  }

  /** Whether it is the one that a configuration asks for. */
  boolean isOf(ListenerConfig config) {
    return settings.equals(config.http()) && front.equals(config.front());
  }

  Routes routes() {
    return routes;
  }

  NetworkSet trustedProxies() {
    return trusted;
  }

  /** Those that are read by now. */
  ErrorPages pages() {
    return pages;
  }

  /**
   * What reads a client's requests from then on.
   *
   * @param decoder those of HTTP/1
   */
  Handover of(HttpServerSockets.Client client, boolean encrypted, StrictRequestDecoder decoder) {
    return sockets.of(client, encrypted, decoder);
  }

  /** Whether answers of backends are compressed. */
  boolean compresses() {
    return settings.compression();
  }

  /** What reads the requests of one connection of HTTP/1. */
  StrictRequestDecoder decoder() {
    return new StrictRequestDecoder(settings.maxHead());
  }
}
