package io.loble.net.channel;

import io.loble.net.Encryption;
import io.loble.net.Handover;
import io.loble.net.StreamOwner;
import io.loble.tls.CloseNotify;
import io.loble.tls.FailureKind;
import io.loble.tls.TlsFailure;
import io.loble.tls.TlsOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One of Netty's channels, on every transport; it may have a pipeline.
 *
 * <p>Bytes that arrive before there is a peer are held. Apart from the kernel's buffers, no more
 * than the write buffer's high-water mark and one read are in memory. The exception is a side that
 * has sent its FIN, whose last bytes (no more than the kernel had received by then) are read at
 * once.
 */
public final class ChannelStream extends ChannelSide {

  private final Channel channel;
  private final Events events = new Events();
  private final ChannelFutureListener written = this::written;
  private int uncounted;
  private boolean unflushed;
  private boolean encrypted;
  private @Nullable HandedOver handedOver;

  /** A stream of a channel that was just accepted or connected. */
  ChannelStream(Channel channel) {
    super(channel);
    this.channel = channel;
    Channels.prepare(channel);
  }

  /**
   * A stream of a channel of a socket that is connected already, and has no event loop yet.
   *
   * @throws IOException when the event loop cannot take it; then it is closed
   */
  public static ChannelStream of(Channel channel, EventLoop loop) throws IOException {
    // Before it is registered: then it would begin to read.
    ChannelStream stream = new ChannelStream(channel);
    channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
    ChannelFuture registered = loop.register(channel);
    if (!registered.isSuccess()) {
      throw new IOException("cannot register with the event loop", registered.cause());
    }
    return stream;
  }

  @Override
  public void belongTo(StreamOwner owner) {
    super.belongTo(owner);
    if (events.isInPipeline()) {
      return;
    }
    channel.pipeline().addFirst(events);
    // One read, which is held, so that a client's reset is noticed while its backend is connected.
    channel.read();
  }

  @Override
  protected void begin() {
    if (hasEnded()) {
      sourceHasEnded();
    } else if (!isStopped()) {
      adaptReading();
    }
  }

  @Override
  public void encrypt(Encryption encryption) {
    encrypted = true;
    ByteBuf first = takeFirst();
    encryption.install(channel.pipeline());
    if (first != null) {
      channel.pipeline().fireChannelRead(first);
      channel.pipeline().fireChannelReadComplete();
    }
    if (hasEnded()) {
      // The handlers have not seen it, and would wait for more.
      channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  @Override
  public void handOver(Handover taker) {
    ByteBuf first = takeFirst();
    boolean ended = hasEnded();
    Channels.restore(channel);
    HandedOver passing = new HandedOver(this);
    handedOver = passing;
    channel.pipeline().replace(events, null, passing);
    taker.take(channel.pipeline());
    passing.begin(first, ended);
  }

  @Override
  protected void readMore() {
    channel.read();
  }

  @Override
  public void stop() {
    super.stop();
    channel.config().setAutoRead(false);
  }

  @Override
  protected void readAfterPause() {
    adaptReading();
  }

  @Override
  protected void write(ByteBuf data) {
    if (encrypted) {
      // No exception tells that the handler of TLS cannot write.
      context().write(data).addListener(written);
    } else {
      context().write(data, context().voidPromise());
    }
  }

  private void written(ChannelFuture write) {
    // A channel that is closed tells so itself.
    if (!write.isSuccess() && !isGivenUp() && channel.isOpen()) {
      owner().cannotWrite(this);
    }
  }

  @Override
  protected void flush() {
    context().flush();
  }

  @Override
  protected boolean takesMore() {
    return channel.isWritable();
  }

  @Override
  protected void peerTakesMore() {
    adaptReading();
  }

  @Override
  protected void tellWhenFlushed() {
    context()
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            flush -> {
              if (flush.isSuccess() || isGivenUp()) {
                flushed();
              } else {
                owner().cannotWrite(this);
              }
            });
  }

  @Override
  public void shutdownOutput() {
    if (encrypted) {
      CloseNotify.send(channel.pipeline()).addListener(told -> Channels.shutdownOutput(channel));
    } else {
      Channels.shutdownOutput(channel);
    }
  }

  @Override
  public void close() {
    ChannelHandlerContext here = context();
    if (here.isRemoved()) {
      channel.close();
    } else {
      here.close();
    }
  }

  @Override
  public void reset() {
    // In front of the handler of TLS too, which would say that all is well.
    Channels.reset(channel);
  }

  @Override
  public boolean hasSpliced() {
    return false;
  }

  private void relay(ByteBuf data) {
    int length = data.readableBytes();
    relaying(length);
    uncounted += length;
    unflushed = true;
    writeToPeer(data);
    paceAfter(length);
  }

  private void flushRelayed() {
    unflushed = false;
    int count = uncounted;
    uncounted = 0;
    owner().relayed(this, count);
    flushPeer();
  }

  // While others have its channel.

  void passed(int bytes) {
    received(bytes);
  }

  void passedOut(int bytes) {
    owner().sent(this, bytes);
  }

  /** What ends a side, if it does, comes as an event. */
  void passedEvent(Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      if (encrypted) {
        owner().failed(this);
      } else {
        receivedEnd();
      }
    } else if (event instanceof SslCloseCompletionEvent close && close.isSuccess()) {
      receivedEnd();
    }
  }

  void passedEnd() {
    owner().sourceEnded(this);
  }

  void passedFailure() {
    owner().failed(this);
  }

  /** Reads as long as the peer takes bytes, and the bandwidth is not used up. */
  private void adaptReading() {
    if (!readsNoMore()) {
      channel.config().setAutoRead(mayRelay());
    }
  }

  private boolean mayRelay() {
    return peerTakes() && !isPaused();
  }

  /** Nearer to the socket than Vert.x's own handler, which would wait for writes when it closes. */
  private ChannelHandlerContext context() {
    return handedOver == null ? events.context() : handedOver.context();
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
        cameFirst(data);
      } else {
        relay(data);
        if (!mayRelay()) {
          flushRelayed();
          adaptReading();
        }
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      if (unflushed) {
        flushRelayed();
        adaptReading();
      } else if (isReadFirst()) {
        channel.read();
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      if (isConnected()) {
        owner().active();
        tellPeerOfRoom();
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      // Nothing is passed on: Vert.x would close on the events that half-close and drain rely on.
      if (event instanceof TlsOutcome outcome) {
        owner().handshakeEnded(ChannelStream.this, outcome);
      } else if (!hasEnded()) {
        ended(event);
      }
      ReferenceCountUtil.release(event);
    }

    private void ended(Object event) {
      if (event == ChannelInputShutdownEvent.INSTANCE) {
        if (encrypted) {
          // Cut by someone who cannot forge the end.
          owner().failed(ChannelStream.this);
        } else {
          sourceHasEnded();
        }
      } else if (event instanceof SslCloseCompletionEvent close && close.isSuccess()) {
        sourceHasEnded();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (cause instanceof ChannelOutputShutdownException) {
        owner().cannotWrite(ChannelStream.this);
        return;
      }
      if (encrypted) {
        tellOfTls(TlsFailure.of(cause));
      }
      owner().failed(ChannelStream.this);
    }

    private void tellOfTls(TlsFailure failure) {
      if (failure.kind() != FailureKind.CLOSED) {
        owner().handshakeEnded(ChannelStream.this, new TlsOutcome.Failed(failure, 0));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      owner().failed(ChannelStream.this);
      ctx.fireChannelInactive();
    }
  }
}
