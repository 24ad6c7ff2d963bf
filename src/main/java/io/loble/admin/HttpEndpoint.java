package io.loble.admin;

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

  private final HttpServer server;
  private final String host;

  private HttpEndpoint(HttpServer server, String host) {
    this.server = server;
    this.host = host;
  }

  /**
   * Opens an address.
   *
   * @param key the configuration's key for the address, for the message of a failure
   */
  static Future<HttpEndpoint> open(
      Vertx vertx, String key, HostPort address, Handler<HttpServerRequest> handler) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(address.host())
            .setPort(address.port())
            .setIdleTimeout(IDLE_SECONDS)
            // Nobody needs it here, and over it Vert.x answers HEAD with a body.
            .setHttp2ClearTextEnabled(false);
    return vertx
        .createHttpServer(options)
        .requestHandler(handler)
        .listen()
        .map(server -> new HttpEndpoint(server, address.host()))
        .recover(
            cause -> Future.failedFuture(new IOException(message(key, address, cause), cause)));
  }

  /** With the port that the system chose where 0 was asked for. */
  HostPort address() {
    return new HostPort(host, server.actualPort());
  }

  Future<Void> close() {
    return server.close();
  }

  private static String message(String key, HostPort address, Throwable cause) {
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
