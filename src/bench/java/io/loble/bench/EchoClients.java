package io.loble.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Clients that connect, say one thing, get an answer of a known length and close; each then comes
 * again.
 */
final class EchoClients {

  /** How long the last answers may take. */
  private static final int PATIENCE_SECONDS = 10;

  private final int port;
  private final ByteBuf said;
  private final int answer;
  private final int atATime;
  private final Transport transport;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private Bootstrap bootstrap = new Bootstrap();
  private int open;
  private long answered;
  private long failed;
  private long end;

  /**
   * @param answer how many bytes each gets
   * @param atATime how many there are
   * @param transport how each speaks to the proxy
   */
  EchoClients(int port, ByteBuf said, int answer, int atATime, Transport transport) {
    this.port = port;
    this.said = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(said));
    this.answer = answer;
    this.atATime = atATime;
    this.transport = transport;
  }

  /** What became of them. */
  record Count(long answered, long failed, long nanos) {}

  Count run(int seconds) throws Exception {
    EventLoopGroup loop = Loops.one();
    try {
      bootstrap =
          new Bootstrap()
              .group(loop)
              .channel(Loops.clientChannel())
              .option(ChannelOption.TCP_NODELAY, true);
      long start = System.nanoTime();
      end = start + SECONDS.toNanos(seconds);
      loop.submit(this::begin).sync();
      finished.get(seconds + PATIENCE_SECONDS, SECONDS);
      return new Count(answered, failed, System.nanoTime() - start);
    } catch (TimeoutException e) {
      throw new IOException("clients were not answered", e);
    } finally {
      loop.shutdownGracefully(0, 1, SECONDS).sync();
    }
  }

  /** From here on, everything happens on the event loop. */
  private void begin() {
    open = atATime;
    for (int i = 0; i < atATime; i++) {
      connect();
    }
  }

  private void connect() {
    bootstrap
        .clone()
        .handler(new Client())
        .connect(Ports.address(port))
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                failed++;
                next();
              }
            });
  }

  private void next() {
    if (System.nanoTime() < end) {
      connect();
    } else if (--open == 0) {
      finished.complete(null);
    }
  }

  private final class Client extends ChannelInboundHandlerAdapter {

    private int missing = answer;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      transport.install(context.pipeline());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(said.duplicate(), context.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      missing -= ((ByteBuf) message).readableBytes();
      ReferenceCountUtil.release(message);
      if (missing <= 0) {
        context.close();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (missing == 0) {
        answered++;
      } else {
        failed++;
      }
      next();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
