package io.loble.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * Clients that come when they are due, whatever becomes of those before them. Each connects, asks
 * once, is answered and closes; its time counts from when it was due. Who has no answer after two
 * seconds gives up, and counts as failed and with these two seconds.
 */
final class ArrivingClients {

  private static final long PATIENCE_NANOS = SECONDS.toNanos(2);

  /** How long the run may take beyond the last arrival. */
  private static final int PATIENCE_SECONDS = 10;

  private static final ByteBuf REQUEST =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("REQ\n", US_ASCII));

  private final int port;
  private final List<Arrival> arrivals;
  private final Histogram nanos = new Histogram(PATIENCE_NANOS, 3);
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private Bootstrap bootstrap = new Bootstrap();
  private long start;
  private int arrived;
  private int left;
  private int failed;

  /**
   * @param arrivals in the order of their times
   */
  ArrivingClients(int port, List<Arrival> arrivals) {
    this.port = port;
    this.arrivals = arrivals;
  }

  /**
   * What became of them.
   *
   * @param nanos how long those waited that were answered or gave up
   * @param failed how many gave up, were not let in, or were turned away without an answer
   */
  record Outcome(Histogram nanos, int failed) {

    /** How long that many of a hundred waited at most. */
    double millis(int percentile) {
      return Math.min(PATIENCE_NANOS, nanos.getValueAtPercentile(percentile)) / 1e6;
    }
  }

  Outcome run(int seconds) throws Exception {
    EventLoopGroup loop = Loops.one();
    try {
      bootstrap =
          new Bootstrap()
              .group(loop)
              .channel(Loops.clientChannel())
              .option(ChannelOption.TCP_NODELAY, true);
      loop.submit(() -> begin(loop)).sync();
      finished.get(seconds + PATIENCE_SECONDS, SECONDS);
      return new Outcome(nanos, failed);
    } catch (TimeoutException e) {
      throw new IOException("clients neither came to an end nor gave up", e);
    } finally {
      loop.shutdownGracefully(0, 1, SECONDS).sync();
    }
  }

  /** From here on, everything happens on the event loop. */
  private void begin(EventLoopGroup loop) {
    start = System.nanoTime();
    arrive(loop);
  }

  private void arrive(EventLoopGroup loop) {
    while (arrived < arrivals.size()) {
      Arrival next = arrivals.get(arrived);
      long wait = start + next.nanos() - System.nanoTime();
      if (wait > 0) {
        loop.schedule(() -> arrive(loop), wait, NANOSECONDS);
        return;
      }
      arrived++;
      new Client(start + next.nanos()).connect(next);
    }
    finishIfAllHaveLeft();
  }

  private void finishIfAllHaveLeft() {
    if (left == arrivals.size()) {
      finished.complete(null);
    }
  }

  private final class Client extends ChannelInboundHandlerAdapter {

    private final long due;
    private Channel channel = Loops.NO_CHANNEL;
    private boolean gone;

    Client(long due) {
      this.due = due;
    }

    void connect(Arrival arrival) {
      ChannelFuture connecting =
          bootstrap.clone().handler(this).connect(Ports.address(port), arrival.from());
      channel = connecting.channel();
      connecting.addListener(
          connected -> {
            if (!connected.isSuccess()) {
              fail();
            }
          });
      channel
          .eventLoop()
          .schedule(
              this::giveUp, Math.max(0, due + PATIENCE_NANOS - System.nanoTime()), NANOSECONDS);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(REQUEST.duplicate(), context.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
      if (!gone) {
        nanos.recordValue(Math.min(PATIENCE_NANOS, System.nanoTime() - due));
        leave();
      }
    }

    private void giveUp() {
      if (!gone) {
        nanos.recordValue(PATIENCE_NANOS);
        fail();
      }
    }

    private void fail() {
      if (!gone) {
        failed++;
        leave();
      }
    }

    private void leave() {
      gone = true;
      channel.close();
      left++;
      finishIfAllHaveLeft();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      fail();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
