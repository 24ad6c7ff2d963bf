package io.loble.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;

/** Accepts any number of connections, and sends back what comes. */
final class EchoServer implements Backend {

  private static final int BACKLOG = 4_096;

  private final EventLoopGroup loop;
  private final int port;

  private EchoServer(EventLoopGroup loop, int port) {
    this.loop = loop;
    this.port = port;
  }

  static EchoServer start() throws Exception {
    EventLoopGroup loop = Loops.one();
    int port = Ports.free();
    new ServerBootstrap()
        .group(loop)
        .channel(Loops.serverChannel())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childHandler(new Echo())
        .bind(Ports.address(port))
        .sync();
    return new EchoServer(loop, port);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, SECONDS).syncUninterruptibly();
  }

  @Sharable
  private static final class Echo extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message, context.voidPromise());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
