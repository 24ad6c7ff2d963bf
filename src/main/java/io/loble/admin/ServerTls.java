package io.loble.admin;

import io.loble.config.AdminTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/** The certificate that a server shows, and whose it asks for, as the files say at the moment. */
final class ServerTls {

  private final FileWatch<Pem> files;

  private ServerTls(FileWatch<Pem> files) {
    this.files = files;
  }

  /**
   * Reads the files.
   *
   * @return fails, naming key and file, when one of them cannot be used
   */
  static Future<ServerTls> open(Vertx vertx, AdminTls tls) {
    return FileWatch.open(vertx, "admin.tls", new PemFiles(vertx, tls)).map(ServerTls::new);
  }

  HttpServerOptions secure(HttpServerOptions options) {
    return files.content().secure(options);
  }

  /** Gives new connections what the files say from now on. Those that are open stay. */
  void follow(HttpServer server) {
    files.follow(
        pem -> server.updateSSLOptions(pem.secure(new HttpServerOptions()).getSslOptions()));
  }

  void stop() {
    files.stop();
  }
}
