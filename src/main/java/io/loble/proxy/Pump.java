package io.loble.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Relays one direction of a connection: what is read from its own channel is written to the channel
 * of its peer, the pump of the other direction.
 *
 * <p>Bytes that arrive before there is a peer are held. A peer that does not take bytes stops this
 * pump from reading: apart from the kernel's buffers, no more than the write buffer's high-water
 * mark and one read are in memory. The exception is a side that has sent its FIN, whose last bytes
 * (no more than the kernel had received by then) are read at once.
 *
 * <p>Knows how to move bytes, but not what an end, a reset or a silence means for the connection:
 * that is its {@link Session}'s to decide. Runs on the event loop of both channels.
 */
final class Pump extends ChannelInboundHandlerAdapter {

  private final Session session;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Pump peer;
  private @Nullable Queue<ByteBuf> held;
  private long bytes;
  private int uncounted;
  private boolean unflushed;
  private boolean stopped;
  private boolean sourceEnded;
  private boolean delivered;

  Pump(Session session) {
    this.session = session;
  }

  /** Begins to relay: first what was held, then what comes. */
  void start(Pump to) {
    peer = to;
    Queue<ByteBuf> early = held;
    if (early != null) {
      held = null;
      early.forEach(this::relay);
      flush();
    }
    if (sourceEnded) {
      session.sourceEnded(this);
    } else if (!stopped) {
      adaptReading();
    }
  }

  /** Relays no more, and drops what is still to come from the source. */
  void stop() {
    stopped = true;
    if (context != null) {
      context.channel().config().setAutoRead(false);
    }
    if (held != null) {
      held.forEach(ReferenceCountUtil::release);
      held = null;
    }
  }

  /** Sends the source's end on to the peer, after all bytes; {@link Session#delivered} follows. */
  void relayEnd() {
    sink()
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              if (written.isSuccess()) {
                delivered = true;
                session.delivered(this);
              } else {
                session.cannotWrite(peer());
              }
            });
  }

  /** This pump's source, as a place to write to, close or reset. */
  ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return context;
  }

  /** The pump of the other direction. */
  Pump peer() {
    if (peer == null) {
      throw new IllegalStateException("not connected");
    }
    return peer;
  }

  /** Bytes taken from the source to be relayed. */
  long bytes() {
    return bytes;
  }

  /** Whether the source has sent its FIN, and every byte before it was read. */
  boolean hasEnded() {
    return sourceEnded;
  }

  /** Whether nothing is read from the source any more, so that its end would not be noticed. */
  boolean readsNoMore() {
    return sourceEnded || stopped;
  }

  /** Whether all bytes and the end after them were handed to the peer's kernel. */
  boolean isDelivered() {
    return delivered;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf data = (ByteBuf) message;
    if (stopped) {
      data.release();
    } else if (peer == null) {
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
    if (peer != null) {
      session.active();
      peer.adaptReading();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    // Nothing is passed on: Vert.x would close on the events that half-close and drain rely on.
    if (event == ChannelInputShutdownEvent.INSTANCE && !sourceEnded) {
      sourceEnded = true;
      if (!stopped && peer != null) {
        session.sourceEnded(this);
      }
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof ChannelOutputShutdownException) {
      session.cannotWrite(this);
    } else {
      session.failed(this);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    session.failed(this);
    ctx.fireChannelInactive();
  }

  private void relay(ByteBuf data) {
    int length = data.readableBytes();
    session.relaying(this);
    bytes += length;
    uncounted += length;
    unflushed = true;
    sink().write(data, sink().voidPromise());
  }

  private void flush() {
    unflushed = false;
    int count = uncounted;
    uncounted = 0;
    session.relayed(this, count);
    sink().flush();
  }

  /** Reads as long as the sink takes bytes. */
  private void adaptReading() {
    if (!stopped && !sourceEnded) {
      context().channel().config().setAutoRead(sink().channel().isWritable());
    }
  }

  private void hold(ByteBuf data) {
    if (held == null) {
      held = new ArrayDeque<>(2);
    }
    held.add(data);
  }

  private ChannelHandlerContext sink() {
    return peer().context();
  }
}
