package io.loble.upstream.probe;

import io.loble.model.UnixPath;
import io.vertx.core.Future;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Connects the probes that speak on a plain socket. */
record SocketDial(NetClient client) implements ProbeConnector.Dial<NetSocket> {

  @Override
  public Future<NetSocket> connect(InetSocketAddress address, Duration timeout) {
    return connect(SocketAddress.inetSocketAddress(address), timeout);
  }

  @Override
  public Future<NetSocket> connect(UnixPath path, Duration timeout) {
    return connect(SocketAddress.domainSocketAddress(path.path()), timeout);
  }

  private Future<NetSocket> connect(SocketAddress address, Duration timeout) {
    return client.connect(
        new ConnectOptions()
            .setRemoteAddress(address)
            .setTimeout(Math.toIntExact(timeout.toMillis())));
  }

  @Override
  public void dispose(NetSocket socket) {
    socket.close();
  }
}
