package io.loble.upstream.probe;

import io.loble.model.SendProxy;
import io.loble.preface.ProxyEncoder;
import io.loble.preface.ProxyHeader;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * A conversation with a backend that expects a header of the PROXY protocol first: one that names
 * no client, since there is none.
 */
record AnnouncedConversation(SendProxy version, Conversation<NetSocket> conversation)
    implements Conversation<NetSocket> {

  @Override
  public Future<Void> hold(NetSocket socket) {
    // One that cannot be written is noticed by the conversation.
    socket.write(header());
    return conversation.hold(socket);
  }

  /** LOCAL; version 1 has only UNKNOWN for it. */
  private Buffer header() {
    return Buffer.buffer(
        version == SendProxy.V1
            ? ProxyEncoder.v1(ProxyHeader.unknown())
            : ProxyEncoder.v2(ProxyHeader.local(), false));
  }
}
