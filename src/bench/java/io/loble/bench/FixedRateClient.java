package io.loble.bench;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * Sends an HTTP request at each of a row of times that were fixed before, and measures from that
 * time to the end of the answer. A request whose connection still waits for an answer is sent late,
 * and its lateness counts: a stall is as long for those that it held up.
 */
final class FixedRateClient {

  private static final long LONGEST_NANOS = SECONDS.toNanos(60);

  /** How long the last answers may take. */
  private static final int PATIENCE_SECONDS = 10;

  private final int port;
  private final int connections;
  private final long gapNanos;
  private final Transport transport;
  private final Histogram nanos = new Histogram(LONGEST_NANOS, 3);
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private int unfinished;
  private long start;
  private long countFrom;
  private long end;

  FixedRateClient(int port, int perSecond, int connections, Transport transport) {
    this.port = port;
    this.connections = connections;
    this.gapNanos = SECONDS.toNanos(1) / perSecond;
    this.unfinished = connections;
    this.transport = transport;
  }

  /** Runs for both times, and counts the answers to what is sent in the second. */
  Histogram run(int discardedSeconds, int seconds) throws Exception {
    int length = HttpAnswer.length(transport.sockets(), port);
    EventLoopGroup loop = Loops.one();
    try {
      List<Connection> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        Connection connection = new Connection(i, length);
        connection.connect(loop);
        all.add(connection);
      }
      loop.submit(() -> begin(all, discardedSeconds, seconds)).sync();
      finished.get(discardedSeconds + seconds + PATIENCE_SECONDS, SECONDS);
      return nanos;
    } catch (TimeoutException e) {
      throw new IOException("requests were not answered", e);
    } finally {
      loop.shutdownGracefully(0, 1, SECONDS).sync();
    }
  }

  /** From here on, everything happens on the event loop. */
  private void begin(List<Connection> all, int discardedSeconds, int seconds) {
    start = System.nanoTime();
    countFrom = start + SECONDS.toNanos(discardedSeconds);
    end = countFrom + SECONDS.toNanos(seconds);
    all.forEach(Connection::begin);
  }

  private final class Connection extends ChannelInboundHandlerAdapter {

    private static final ByteBuf REQUEST =
        Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(HttpAnswer.REQUEST));

    private final int number;
    private final int length;
    private Channel channel = Loops.NO_CHANNEL;
    private long due;
    private int missing;

    Connection(int number, int length) {
      this.number = number;
      this.length = length;
    }

    void connect(EventLoopGroup loop) throws InterruptedException {
      channel =
          new Bootstrap()
              .group(loop)
              .channel(Loops.clientChannel())
              .option(ChannelOption.TCP_NODELAY, true)
              .handler(this)
              .connect(Ports.address(port))
              .sync()
              .channel();
    }

    /** The connections take turns, evenly spread. */
    void begin() {
      due = start + number * gapNanos;
      channel
          .eventLoop()
          .scheduleAtFixedRate(
              this::sendWhatIsDue,
              Math.max(0, due - System.nanoTime()),
              connections * gapNanos,
              NANOSECONDS);
    }

    private void sendWhatIsDue() {
      if (missing == 0 && due < end && System.nanoTime() >= due) {
        missing = length;
        channel.writeAndFlush(REQUEST.duplicate(), channel.voidPromise());
      }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      transport.install(context.pipeline());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      missing -= ((ByteBuf) message).readableBytes();
      ReferenceCountUtil.release(message);
      if (missing < 0) {
        finished.completeExceptionally(new IOException("an answer was longer than the first"));
      } else if (missing == 0) {
        answered(System.nanoTime());
      }
    }

    private void answered(long now) {
      if (due >= countFrom) {
        nanos.recordValue(Math.min(now - due, LONGEST_NANOS));
      }
      due += connections * gapNanos;
      if (due < end) {
        sendWhatIsDue();
      } else if (--unfinished == 0) {
        finished.complete(null);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      finished.completeExceptionally(new IOException("a connection was closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      finished.completeExceptionally(cause);
    }
  }
}
