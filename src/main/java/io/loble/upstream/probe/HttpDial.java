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

  private static final int HTTP = 80;

  @Override
  public Future<HttpClientConnection> connect(InetSocketAddress address, Duration timeout) {
    return connect(
        new HttpConnectOptions().setServer(SocketAddress.inetSocketAddress(address)), timeout);
  }

  @Override
  public Future<HttpClientConnection> connect(UnixPath path, Duration timeout) {
    // Vert.x wants to know a host, which goes nowhere: the probe's request has one of its own.
    return connect(
        new HttpConnectOptions()
            .setServer(SocketAddress.domainSocketAddress(path.path()))
            .setHost("localhost")
            .setPort(HTTP),
        timeout);
  }

  private Future<HttpClientConnection> connect(HttpConnectOptions options, Duration timeout) {
    return client.connect(options.setConnectTimeout(timeout.toMillis()));
  }

  @Override
  public void dispose(HttpClientConnection connection) {
    connection.close();
  }
}
