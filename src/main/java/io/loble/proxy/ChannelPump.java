package io.loble.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Relays by Netty's channels, on every transport: what is read from a channel is written to the
 * channel of the peer.
 *
 * <p>Bytes that arrive before there is a peer are held. Apart from the kernel's buffers, no more
 * than the write buffer's high-water mark and one read are in memory. The exception is a side that
 * has sent its FIN, whose last bytes (no more than the kernel had received by then) are read at
 * once.
 */
final class ChannelPump extends Pump {

  private final Channel channel;
  private final Events events = new Events();
  private @Nullable Queue<ByteBuf> held;
  private int uncounted;
  private boolean unflushed;

  /** A pump of a channel that was just accepted or connected. */
  ChannelPump(Channel channel) {
    this.channel = channel;
    Channels.prepare(channel);
  }

  @Override
  void belongTo(Session owner) {
    super.belongTo(owner);
    channel.pipeline().addFirst(events);
    // One read, which is held, so that a client's reset is noticed while its backend is connected.
    channel.read();
  }

  @Override
  protected void begin() {
    Queue<ByteBuf> early = held;
    if (early != null) {
      held = null;
      early.forEach(this::relay);
      flush();
    }
    if (hasEnded()) {
      sourceHasEnded();
    } else if (!isStopped()) {
      adaptReading();
    }
  }

  @Override
  void stop() {
    super.stop();
    channel.config().setAutoRead(false);
    if (held != null) {
      held.forEach(ReferenceCountUtil::release);
      held = null;
    }
  }

  @Override
  void relayEnd() {
    sink()
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              if (written.isSuccess()) {
                allDelivered();
              } else {
                session().cannotWrite(peer());
              }
            });
  }

  @Override
  void shutdownOutput() {
    Channels.shutdownOutput(channel);
  }

  @Override
  void close() {
    context().close();
  }

  @Override
  void reset() {
    // One that nobody wants any more when it is connected belongs to no session.
    Channels.reset(events.isInPipeline() ? context() : channel.pipeline().firstContext());
  }

  @Override
  void awaitFlush() {
    context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> session().flushed(this));
  }

  @Override
  boolean hasPendingWrites() {
    return Channels.hasPendingWrites(channel);
  }

  @Override
  boolean tellsOfUnsentBytes() {
    return Channels.tellsOfUnsentBytes(channel);
  }

  @Override
  boolean hasUnsentBytes() {
    return Channels.hasUnsentBytes(channel);
  }

  @Override
  boolean isDead() {
    return Channels.isDead(channel);
  }

  @Override
  void keepAlive(Duration idle) {
    ChannelTcp.keepAlive(channel, idle);
  }

  @Override
  void limitUnanswered(Duration most) {
    ChannelTcp.limitUnanswered(channel, most);
  }

  @Override
  boolean hasSpliced() {
    return false;
  }

  private void relay(ByteBuf data) {
    int length = data.readableBytes();
    relaying(length);
    uncounted += length;
    unflushed = true;
    sink().write(data, sink().voidPromise());
  }

  private void flush() {
    unflushed = false;
    int count = uncounted;
    uncounted = 0;
    session().relayed(this, count);
    sink().flush();
  }

  /** Reads as long as the sink takes bytes. */
  private void adaptReading() {
    if (!readsNoMore()) {
      channel.config().setAutoRead(sink().channel().isWritable());
    }
  }

  private void hold(ByteBuf data) {
    if (held == null) {
      held = new ArrayDeque<>(2);
    }
    held.add(data);
  }

  private ChannelHandlerContext sink() {
    return ((ChannelPump) peer()).context();
  }

  /** Nearer to the socket than Vert.x's own handler, which would wait for writes when it closes. */
  private ChannelHandlerContext context() {
    return events.context();
  }

  /** What the channel tells, taken before Vert.x sees it. */
  private final class Events extends ChannelInboundHandlerAdapter {

    private @Nullable ChannelHandlerContext context;

    boolean isInPipeline() {
      return context != null;
    }

    ChannelHandlerContext context() {
      if (context == null) {
        throw new IllegalStateException("not in a pipeline");
      }
      return context;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf data = (ByteBuf) message;
      if (isStopped()) {
        data.release();
      } else if (!isConnected()) {
        hold(data);
      } else {
        relay(data);
        if (!sink().channel().isWritable()) {
          flush();
          adaptReading();
        }
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      if (unflushed) {
        flush();
        adaptReading();
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      if (isConnected()) {
        session().active();
        ((ChannelPump) peer()).adaptReading();
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      // Nothing is passed on: Vert.x would close on the events that half-close and drain rely on.
      if (event == ChannelInputShutdownEvent.INSTANCE && !hasEnded()) {
        sourceHasEnded();
      }
      ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (cause instanceof ChannelOutputShutdownException) {
        session().cannotWrite(ChannelPump.this);
      } else {
        session().failed(ChannelPump.this);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      session().failed(ChannelPump.this);
      ctx.fireChannelInactive();
    }
  }
}
