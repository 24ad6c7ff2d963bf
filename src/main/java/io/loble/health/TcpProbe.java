package io.loble.health;

import io.loble.model.HostPort;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;

/** Succeeds when the connection is established, and closes it. */
record TcpProbe(ProbeConnector connector, SocketDial dial, HostPort address) implements Probe {

  @Override
  public Future<Void> run() {
    return connector.connect(address, dial.timeout(), dial).compose(NetSocket::close);
  }
}
