package io.loble.sim.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.internal.net.NetSocketInternal;

/**
 * Makes a socket outlive the end of its input, where Vert.x would close it. The end arrives as a
 * message of its own, in its place after the last byte, even when the socket was paused meanwhile.
 */
final class HalfClose extends ChannelInboundHandlerAdapter {

  /** The message that stands for the end of the input. */
  static final Object END_OF_INPUT =
      new Object() {
        @Override
        public String toString() {
          return "end of input";
        }
      };

  private HalfClose() {}

  /** Must be called on the socket's event loop, before anything else is done with the socket. */
  static void allow(NetSocketInternal socket) {
    ChannelHandlerContext context = socket.channelHandlerContext();
    context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    context.pipeline().addBefore(context.name(), "half-close", new HalfClose());
  }

  /** Ends the output; the other side may go on sending. */
  static void shutdownOutput(NetSocketInternal socket) {
    if (socket.channelHandlerContext().channel() instanceof DuplexChannel channel) {
      var unused = channel.shutdownOutput();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      context.fireChannelRead(END_OF_INPUT);
      context.fireChannelReadComplete();
    } else {
      context.fireUserEventTriggered(event);
    }
  }
}
