package io.loble.health;

import io.vertx.core.Future;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;

/** Succeeds when the connection is established, and closes it. */
record TcpProbe(NetClient client, ConnectOptions target) implements Probe {

  @Override
  public Future<Void> run() {
    return client.connect(target).compose(NetSocket::close);
  }
}
