package io.loble.upstream.probe;

import io.loble.model.UnixPath;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Connects the probes that speak HTTP, each with a connection of its own. */
record HttpDial(HttpClientAgent client) implements ProbeConnector.Dial<HttpClientConnection> {

  @Override
  public Future<HttpClientConnection> connect(InetSocketAddress address, Duration timeout) {
    return connect(SocketAddress.inetSocketAddress(address), timeout);
  }

  @Override
  public Future<HttpClientConnection> connect(UnixPath path, Duration timeout) {
    return connect(SocketAddress.domainSocketAddress(path.path()), timeout);
  }

  private Future<HttpClientConnection> connect(SocketAddress address, Duration timeout) {
    return client.connect(
        new HttpConnectOptions().setServer(address).setConnectTimeout(timeout.toMillis()));
  }

  @Override
  public void dispose(HttpClientConnection connection) {
    connection.close();
  }
}
