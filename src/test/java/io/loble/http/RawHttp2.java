package io.loble.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A client that sends any fields in any order over HTTP/2 by TLS, checking none. */
final class RawHttp2 {

  /** What a request without an answer ended with. */
  static final String RESET = "reset";

  static final String GONE = "gone";

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  private final int port;
  private final SslContext tls;

  RawHttp2(int port) {
    this.port = port;
    this.tls = tls();
  }

  private static SslContext tls() {
    try {
      return SslContextBuilder.forClient()
          .sslProvider(SslProvider.JDK)
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm("")
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  ApplicationProtocolConfig.Protocol.ALPN,
                  ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                  ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_2))
          .build();
    } catch (SSLException e) {
      throw new AssertionError(e);
    }
  }

  /** The status of the answer, or what came in its place; on a connection of its own. */
  String ask(List<Map.Entry<String, String>> fields, @Nullable String data)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Channel channel = connect(outcome);
    Answers answers = channel.pipeline().get(Answers.class);
    channel.eventLoop().execute(() -> send(channel, answers.newStream(), fields, data, outcome));
    try {
      return outcome.get(10, SECONDS);
    } finally {
      channel.close().await();
    }
  }

  private Channel connect(CompletableFuture<String> outcome) throws InterruptedException {
    return new Bootstrap()
        .group(group)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(tls.newHandler(channel.alloc()))
                    .addLast(Http2FrameCodecBuilder.forClient().validateHeaders(false).build())
                    .addLast(new Answers(outcome));
              }
            })
        .connect("127.0.0.1", port)
        .sync()
        .channel();
  }

  private static void send(
      Channel channel,
      Http2FrameStream stream,
      List<Map.Entry<String, String>> fields,
      @Nullable String data,
      CompletableFuture<String> outcome) {
    channel.write(new DefaultHttp2HeadersFrame(headers(fields), data == null).stream(stream));
    if (data != null) {
      channel.write(
          new DefaultHttp2DataFrame(Unpooled.copiedBuffer(data, ISO_8859_1), true).stream(stream));
    }
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                outcome.completeExceptionally(written.cause());
              }
            });
  }

  /** Trailers, since those are taken in any order and without any pseudo-header. */
  private static Http2Headers headers(List<Map.Entry<String, String>> fields) {
    AsciiString[] pairs =
        fields.stream()
            .flatMap(field -> List.of(field.getKey(), field.getValue()).stream())
            .map(text -> new AsciiString(text.getBytes(ISO_8859_1)))
            .toArray(AsciiString[]::new);
    return ReadOnlyHttp2Headers.trailers(false, pairs);
  }

  void close() throws InterruptedException {
    group.shutdownGracefully(0, 10, SECONDS).await();
  }

  private static final class Answers extends Http2ChannelDuplexHandler {

    private final CompletableFuture<String> outcome;

    Answers(CompletableFuture<String> outcome) {
      this.outcome = outcome;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      if (frame instanceof Http2HeadersFrame head) {
        outcome.complete(String.valueOf(head.headers().status()));
      } else if (frame instanceof Http2ResetFrame) {
        outcome.complete(RESET);
      } else if (frame instanceof Http2GoAwayFrame goAway && goAway.errorCode() != 0) {
        outcome.complete(GONE);
      }
      ReferenceCountUtil.release(frame);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof Http2ResetFrame) {
        outcome.complete(RESET);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      outcome.complete(GONE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      outcome.completeExceptionally(cause);
    }
  }
}
