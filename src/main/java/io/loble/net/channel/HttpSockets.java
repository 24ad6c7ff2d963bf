package io.loble.net.channel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpClientCodec;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/** HTTP/1.1 on sockets on which something else is said first, which Vert.x's client does not do. */
public final class HttpSockets {

  private HttpSockets() {}

  /**
   * From now on messages of HTTP, Netty's, are written and read on a client's socket; what was
   * written before goes as it was.
   */
  public static NetSocketInternal speakHttp(NetSocket socket) {
    NetSocketInternal speaking = (NetSocketInternal) socket;
    ChannelHandlerContext context = speaking.channelHandlerContext();
    context.pipeline().addBefore(context.name(), "http", new HttpClientCodec());
    return speaking;
  }
}
