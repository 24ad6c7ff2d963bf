package io.loble.admin;

import io.loble.config.AdminTls;
import io.loble.model.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Locale;

/** An open HTTP server. */
final class HttpEndpoint {

  /** So that clients that went away without a word do not hold descriptors for ever. */
  private static final int IDLE_SECONDS = 60;

  private static final int HANDSHAKE_SECONDS = 5;

  private final HttpServer server;
  private final String host;
  private final Runnable onClose;

  private HttpEndpoint(HttpServer server, String host, Runnable onClose) {
    this.server = server;
    this.host = host;
    this.onClose = onClose;
  }

  /**
   * Opens an address for plain HTTP.
   *
   * @param key the configuration's key for the address, for the message of a failure
   */
  static Future<HttpEndpoint> open(
      Vertx vertx,
      String key,
      HostPort address,
      ConnectionLimits limits,
      Handler<HttpServerRequest> handler) {
    return listen(vertx, key, options(address), limits, handler)
        .map(server -> new HttpEndpoint(server, address.host(), () -> {}));
  }

  /**
   * Opens an address for HTTPS if that is on, else as {@link #open(Vertx, String, HostPort,
   * ConnectionLimits, Handler)}.
   */
  static Future<HttpEndpoint> open(
      Vertx vertx,
      String key,
      HostPort address,
      AdminTls tls,
      ConnectionLimits limits,
      Handler<HttpServerRequest> handler) {
    return tls.on()
        ? ServerTls.open(vertx, tls).compose(t -> open(vertx, key, address, t, limits, handler))
        : open(vertx, key, address, limits, handler);
  }

  private static Future<HttpEndpoint> open(
      Vertx vertx,
      String key,
      HostPort address,
      ServerTls tls,
      ConnectionLimits limits,
      Handler<HttpServerRequest> handler) {
    return listen(vertx, key, tls.secure(options(address)), limits, handler)
        .onSuccess(tls::follow)
        .map(server -> new HttpEndpoint(server, address.host(), tls::stop));
  }

  private static HttpServerOptions options(HostPort address) {
    return new HttpServerOptions()
        .setHost(address.host())
        .setPort(address.port())
        .setIdleTimeout(IDLE_SECONDS)
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        // HTTP/2 has no use here, and over it Vert.x answers HEAD with a body. Over TLS it is off
        // unless asked for.
        .setHttp2ClearTextEnabled(false);
  }

  private static Future<HttpServer> listen(
      Vertx vertx,
      String key,
      HttpServerOptions options,
      ConnectionLimits limits,
      Handler<HttpServerRequest> handler) {
    return vertx
        .createHttpServer(options)
        .connectionHandler(limits::opened)
        .requestHandler(handler)
        .invalidRequestHandler(Unreadable::refuse)
        .listen()
        .recover(
            cause -> Future.failedFuture(new IOException(message(key, options, cause), cause)));
  }

  /** With the port that the system chose where 0 was asked for. */
  HostPort address() {
    return new HostPort(host, server.actualPort());
  }

  Future<Void> close() {
    onClose.run();
    return server.close();
  }

  private static String message(String key, HttpServerOptions options, Throwable cause) {
    HostPort address = new HostPort(options.getHost(), options.getPort());
    return key + " " + address + ": " + reason(String.valueOf(cause.getMessage()));
  }

  /** Every transport words it differently; what the kernel says comes last. */
  private static String reason(String message) {
    String said = message.substring(message.lastIndexOf(": ") + 1).strip();
    return said.isEmpty()
        ? message
        : said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
  }
}
