package io.loble.sim.client;

import io.loble.model.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;

/** What all sessions of a simulator share. */
record Site(
    Vertx vertx,
    NetClient client,
    HttpClientAgent http,
    WebSocketClient webSockets,
    HostPort target,
    HttpTarget httpTarget,
    Duration timeout,
    ClientStats stats) {

  static Site of(Vertx vertx, ClientSettings settings, ClientStats stats) {
    int connectMillis = (int) Math.min(Integer.MAX_VALUE, settings.timeout().toMillis());
    return new Site(
        vertx,
        vertx.createNetClient(
            new NetClientOptions()
                .setConnectTimeout(connectMillis)
                // Clients that say nothing are seen by servers at once, as those of a kernel are.
                .setTcpQuickAck(true)),
        vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(connectMillis)),
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setConnectTimeout(connectMillis)
                .setMaxConnections(ClientSettings.MAX_CLIENTS)),
        settings.target(),
        settings.http(),
        settings.timeout(),
        stats);
  }

  Future<Void> close() {
    return Future.join(client.close(), http.close(), webSockets.close()).mapEmpty();
  }
}
