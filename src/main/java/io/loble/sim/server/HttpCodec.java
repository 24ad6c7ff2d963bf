package io.loble.sim.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;

/**
 * Netty's HTTP codec beside a connection instead of in it, so that the connection decides when
 * something is read, and how fast answers go, in the same way for all that it speaks. What it holds
 * is what it has made of the last chunk, and the beginning of a message head.
 */
final class HttpCodec {

  private static final int MAX_LINE = 8192;
  private static final int MAX_HEADERS = 64 * 1024;
  private static final int MAX_PIECE = 16 * 1024;

  private final EmbeddedChannel channel =
      new EmbeddedChannel(new HttpServerCodec(MAX_LINE, MAX_HEADERS, MAX_PIECE));

  /** Takes bytes of the client. */
  void offer(Buffer chunk) {
    channel.writeInbound(Unpooled.wrappedBuffer(chunk.getBytes()));
  }

  /** The next message of the client, which is the caller's to release; null when there is none. */
  @Nullable Object poll() {
    return channel.readInbound();
  }

  /** The bytes of a message, which is released. */
  Buffer encoded(Object message) {
    channel.writeOutbound(message);
    return written();
  }

  /**
   * Goes over to WebSocket frames.
   *
   * @return the answer to the request
   * @throws io.netty.handler.codec.http.websocketx.WebSocketHandshakeException when the request is
   *     not a right one
   */
  Buffer upgraded(WebSocketServerHandshaker handshaker, HttpRequest request, HttpHeaders more) {
    FullHttpRequest whole =
        new DefaultFullHttpRequest(
            request.protocolVersion(),
            request.method(),
            request.uri(),
            Unpooled.EMPTY_BUFFER,
            request.headers(),
            EmptyHttpHeaders.INSTANCE);
    handshaker.handshake(channel, whole, more, channel.newPromise());
    return written();
  }

  private Buffer written() {
    Buffer bytes = Buffer.buffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      bytes.appendBuffer(BufferInternal.buffer(part));
      part.release();
    }
    return bytes;
  }

  void release() {
    channel.finishAndReleaseAll();
  }
}
