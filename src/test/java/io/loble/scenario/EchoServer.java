package io.loble.scenario;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;

/**
 * Sends back what it gets. On Linux every address of {@code 127.0.0.0/8} reaches it, so that it can
 * be any number of backends.
 */
final class EchoServer {

  private final NetServer server;

  private EchoServer(NetServer server) {
    this.server = server;
  }

  /** Starts one, which ends with that Vert.x instance. */
  static EchoServer start(Vertx vertx) {
    NetServerOptions options = new NetServerOptions().setHost("0.0.0.0").setAcceptBacklog(1024);
    return new EchoServer(
        vertx
            .createNetServer(options)
            .connectHandler(socket -> socket.pipeTo(socket))
            .listen()
            .await());
  }

  /** One of its addresses. */
  String address(int network, int host) {
    return "127.0." + network + '.' + host + ':' + server.actualPort();
  }

  /** Ends its connections; from now on nothing listens where it was. */
  void stop() {
    server.close().await();
  }

  String address() {
    return "127.0.0.1:" + server.actualPort();
  }
}
