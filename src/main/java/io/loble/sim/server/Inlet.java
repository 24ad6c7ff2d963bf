package io.loble.sim.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What one client has sent and was not looked at yet. The socket may read once more after it was
 * told not to, above all when the client ends its output, so some of it can wait here. Lives on its
 * socket's event loop.
 */
final class Inlet {

  private final Channel channel;
  private final Deque<ByteBuf> chunks = new ArrayDeque<>();
  private boolean ended;

  Inlet(Channel channel) {
    this.channel = channel;
  }

  void add(ByteBuf chunk) {
    chunks.add(chunk);
  }

  /** Nothing more will be added. */
  void end() {
    ended = true;
  }

  /** Whether the socket is to be read. */
  void want(boolean more) {
    channel.config().setAutoRead(more);
  }

  /** Whether all was taken and nothing will follow. */
  boolean isOver() {
    return ended && chunks.isEmpty();
  }

  /** Takes what has come first, as bytes that are the caller's own. */
  @Nullable Buffer poll() {
    ByteBuf chunk = chunks.poll();
    if (chunk == null) {
      return null;
    }
    byte[] bytes = new byte[chunk.readableBytes()];
    chunk.readBytes(bytes).release();
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }

  void release() {
    chunks.forEach(ByteBuf::release);
    chunks.clear();
  }
}
