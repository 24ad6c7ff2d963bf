package io.loble.upstream.probe;

import io.loble.model.Address;
import io.loble.model.HostPort;
import io.loble.model.PoolTls;
import io.loble.net.channel.EncryptedSockets;
import io.loble.tls.ClientTls;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A conversation with a backend that speaks TLS.
 *
 * @param tls what encrypts it
 * @param timeout for the handshake
 */
record SecuredConversation(
    Address address,
    PoolTls settings,
    Supplier<Future<ClientTls>> tls,
    Duration timeout,
    Conversation<NetSocket> conversation)
    implements Conversation<NetSocket> {

  @Override
  public Future<Void> hold(NetSocket socket) {
    return tls.get()
        .compose(known -> encrypt(socket, known))
        .compose(agreed -> conversation.hold(socket));
  }

  private Future<Void> encrypt(NetSocket socket, ClientTls known) {
    int port = address instanceof HostPort tcp ? tcp.port() : 0;
    return EncryptedSockets.encrypt(
        socket, pipeline -> known.install(pipeline, settings.nameOf(address), port, timeout));
  }
}
