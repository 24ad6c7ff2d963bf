package io.loble.tls;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Clients and servers over real sockets of this machine, which may be half closed. */
final class Peers implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

  /** What one end of a connection sees, in order. */
  static final class End extends ChannelInboundHandlerAdapter {

    final CompletableFuture<TlsOutcome> outcome = new CompletableFuture<>();
    final CompletableFuture<Channel> channel = new CompletableFuture<>();
    final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      channel.complete(ctx.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf data = (ByteBuf) message;
      seen.add(data.toString(StandardCharsets.US_ASCII));
      data.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof TlsOutcome how) {
        if (!outcome.complete(how)) {
          seen.add("second outcome " + how);
        }
      } else if (event instanceof SslCloseCompletionEvent close) {
        seen.add(close.isSuccess() ? "[close_notify]" : "[no close_notify]");
      } else {
        seen.add("[" + event.getClass().getSimpleName() + "]");
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      seen.add("[" + TlsFailure.of(cause).kind() + "]");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      seen.add("[inactive]");
    }

    HandshakeInfo agreed() throws Exception {
      TlsOutcome how = outcome.get(20, TimeUnit.SECONDS);
      if (how instanceof TlsOutcome.Agreed agreed) {
        return agreed.info();
      }
      throw new AssertionError(how);
    }

    TlsFailure failure() throws Exception {
      TlsOutcome how = outcome.get(20, TimeUnit.SECONDS);
      if (how instanceof TlsOutcome.Failed failed) {
        return failed.failure();
      }
      throw new AssertionError(how);
    }

    String next() throws InterruptedException {
      String next = seen.poll(20, TimeUnit.SECONDS);
      return next == null ? "nothing" : next;
    }

    void write(String text) throws Exception {
      channel
          .get(20, TimeUnit.SECONDS)
          .writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII))
          .sync();
    }
  }

  /** A server that is there for one connection after the other. */
  record Server(Channel listening, BlockingQueue<End> accepted) {

    InetSocketAddress address() {
      return (InetSocketAddress) listening.localAddress();
    }

    End next() throws InterruptedException {
      End end = accepted.poll(20, TimeUnit.SECONDS);
      if (end == null) {
        throw new AssertionError("no connection");
      }
      return end;
    }
  }

  Server serve(Consumer<ChannelPipeline> tls) throws Exception {
    BlockingQueue<End> accepted = new LinkedBlockingQueue<>();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                initializer(
                    pipeline -> {
                      End end = new End();
                      pipeline.addLast(end);
                      tls.accept(pipeline);
                      accepted.add(end);
                    }));
    Channel listening = bootstrap.bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
    return new Server(listening, accepted);
  }

  Server serve(ServerTls tls) throws Exception {
    return serve(pipeline -> tls.install(pipeline, TIMEOUT));
  }

  End connect(InetSocketAddress to, Consumer<ChannelPipeline> tls) throws Exception {
    End end = new End();
    new Bootstrap()
        .group(group)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .handler(
            initializer(
                pipeline -> {
                  pipeline.addLast(end);
                  tls.accept(pipeline);
                }))
        .connect(to)
        .sync();
    return end;
  }

  End connect(InetSocketAddress to, ClientTls tls, String name) throws Exception {
    return connect(to, pipeline -> tls.install(pipeline, name, to.getPort(), TIMEOUT));
  }

  private static ChannelHandler initializer(Consumer<ChannelPipeline> init) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        init.accept(channel.pipeline());
      }
    };
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
