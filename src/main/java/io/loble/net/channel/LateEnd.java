package io.loble.net.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection to a server when that has sent its FIN, but not before what came ahead of it
 * was taken: Vert.x's client forgets what it holds of an answer when its connection is closed.
 */
final class LateEnd extends ChannelInboundHandlerAdapter {

  static final String NAME = "end";

  private @Nullable ChannelHandlerContext context;
  private boolean held;
  private boolean ended;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  /** That of a channel; null when it has none. */
  static @Nullable LateEnd of(Channel channel) {
    return channel.pipeline().get(NAME) instanceof LateEnd end ? end : null;
  }

  /** From now on a FIN waits. */
  void hold() {
    held = true;
  }

  /**
   * A FIN waits no longer.
   *
   * @return whether one has come, and the connection is closed
   */
  boolean release() {
    held = false;
    closeIfEnded();
    return ended;
  }

  private void closeIfEnded() {
    if (ended && !held && context != null) {
      context.close();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      ended = true;
      closeIfEnded();
    }
  }
}
