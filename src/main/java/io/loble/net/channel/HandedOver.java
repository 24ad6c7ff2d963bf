package io.loble.net.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the pipeline for a stream whose channel was handed over: lets everything pass, counts
 * it, and tells the stream of its end.
 */
final class HandedOver extends ChannelDuplexHandler {

  private final ChannelStream stream;
  private @Nullable ChannelHandlerContext context;

  HandedOver(ChannelStream stream) {
    this.stream = stream;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  /**
   * Begins to read, with what was read before; where the handlers that were put behind have removed
   * this one, they get that all the same.
   *
   * @param ended whether that was all that will come
   */
  void begin(@Nullable ByteBuf first, boolean ended) {
    ChannelHandlerContext here = context();
    Channel channel = here.channel();
    channel.config().setAutoRead(true);
    if (first != null) {
      if (here.isRemoved()) {
        channel.pipeline().fireChannelRead(first);
        channel.pipeline().fireChannelReadComplete();
      } else {
        channelRead(here, first);
        here.fireChannelReadComplete();
      }
    }
    if (ended && !here.isRemoved()) {
      stream.passedEnd();
    }
  }

  ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return context;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf data) {
      stream.passed(data.readableBytes());
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf data) {
      stream.passedOut(data.readableBytes());
    }
    ctx.write(message, promise);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    stream.passedEvent(event);
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException || cause.getCause() instanceof IOException) {
      stream.passedFailure();
    } else {
      // Not of the socket, nor of TLS: what came is not what the handlers behind understand.
      ctx.fireExceptionCaught(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stream.passedFailure();
    ctx.fireChannelInactive();
  }
}
