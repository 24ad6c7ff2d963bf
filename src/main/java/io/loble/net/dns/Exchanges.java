package io.loble.net.dns;

import io.loble.net.ConnectError;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one name server one question: over UDP, and over TCP when the answer does not fit. Each
 * question has a socket of its own, so that neither its port nor its number can be guessed, and so
 * that the kernel tells when nobody listens there. Belongs to the context that it is made on.
 */
final class Exchanges {

  /** More than any server sends to somebody who has asked for less. */
  private static final int DATAGRAM_BYTES = 4096;

  private static final int STREAM_BYTES = 16 * 1024;
  private static final int LONGEST_MESSAGE = 65535;

  private final VertxInternal vertx;
  private final ContextInternal context;
  private final Duration timeout;
  private final ChannelGroup open;
  private final SecureRandom random = new SecureRandom();
  private boolean closed;

  /**
   * @param timeout what an answer may take; again so long over TCP
   */
  Exchanges(VertxInternal vertx, Duration timeout) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.timeout = timeout;
    this.open = new DefaultChannelGroup(context.nettyEventLoop());
  }

  /**
   * Asks.
   *
   * @return fails with a {@link DnsException}
   */
  Future<DnsMessage> ask(InetSocketAddress server, String name, RecordType type) {
    return ask(server, name, type, true)
        .compose(
            message ->
                isOfOldServer(message)
                    ? ask(server, name, type, false)
                    : Future.succeededFuture(message));
  }

  private static boolean isOfOldServer(DnsMessage message) {
    return message.code() == DnsMessage.FORMAT_ERROR
        || message.code() == DnsMessage.NOT_IMPLEMENTED;
  }

  private Future<DnsMessage> ask(
      InetSocketAddress server, String name, RecordType type, boolean extended) {
    Question question = new Question(random.nextInt(1 << 16), name, type);
    return overUdp(server, question, extended)
        .compose(
            answer ->
                read(answer)
                    .recover(cut -> overTcp(server, question, extended).compose(Exchanges::read)));
  }

  private static Future<DnsMessage> read(byte[] answer) {
    if (DnsMessage.isTruncated(answer)) {
      return Future.failedFuture(new DnsException("has an answer that does not fit"));
    }
    try {
      return Future.succeededFuture(DnsMessage.parse(answer));
    } catch (DnsException e) {
      return Future.failedFuture(
          new DnsException("sends an answer that cannot be read: " + e.reason()));
    }
  }

  private Future<byte[]> overUdp(InetSocketAddress server, Question question, boolean extended) {
    ByteBuf message = Unpooled.wrappedBuffer(question.message(extended));
    return exchange(
        server,
        new Bootstrap()
            .channelFactory(() -> vertx.transport().datagramChannel())
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_BYTES)),
        question,
        message,
        "does not answer within " + seconds(timeout));
  }

  private Future<byte[]> overTcp(InetSocketAddress server, Question question, boolean extended) {
    byte[] message = question.message(extended);
    ByteBuf framed = Unpooled.buffer(Short.BYTES + message.length);
    framed.writeShort(message.length).writeBytes(message);
    ChannelFactory<? extends Channel> factory = vertx.transport().channelFactory(false);
    return exchange(
        server,
        new Bootstrap()
            .channelFactory(() -> factory.newChannel())
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(STREAM_BYTES)),
        question,
        framed,
        "has an answer that does not fit, and does not answer over TCP within " + seconds(timeout));
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private Future<byte[]> exchange(
      InetSocketAddress server,
      Bootstrap bootstrap,
      Question question,
      ByteBuf message,
      String silence) {
    if (closed) {
      message.release();
      return Future.failedFuture(new DnsException("is not asked any more", true));
    }
    Promise<byte[]> answer = context.promise();
    ChannelFuture connected =
        bootstrap
            .group(context.nettyEventLoop())
            .handler(new Opened(question, answer))
            .connect(server);
    connected.addListener(
        done -> {
          if (done.isSuccess()) {
            connected.channel().writeAndFlush(message).addListener(sent -> failed(answer, sent));
          } else {
            message.release();
            failed(answer, done);
          }
        });
    return answer
        .future()
        .timeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS)
        .recover(cause -> Future.failedFuture(failure(cause, silence)))
        .onComplete(done -> close(connected.channel()));
  }

  private static void close(Channel channel) {
    // There is none where this process has no descriptor left.
    if (channel.isOpen()) {
      channel.close();
    }
  }

  private static void failed(Promise<byte[]> answer, io.netty.util.concurrent.Future<?> done) {
    Throwable cause = done.cause();
    if (cause != null) {
      answer.tryFail(cause);
    }
  }

  private static DnsException failure(Throwable cause, String silence) {
    if (cause instanceof TimeoutException) {
      return new DnsException(silence, true);
    }
    String text =
        cause instanceof PortUnreachableException
            ? "connection refused"
            : ConnectError.of(cause).text();
    return new DnsException("cannot be asked: " + text, true);
  }

  /** Gives up what is under way; nothing is asked after that. */
  void close() {
    closed = true;
    open.close();
  }

  /** Makes the handlers of a socket. */
  private final class Opened extends ChannelInitializer<Channel> {

    private final Question question;
    private final Promise<byte[]> answer;

    Opened(Question question, Promise<byte[]> answer) {
      this.question = question;
      this.answer = answer;
    }

    @Override
    protected void initChannel(Channel channel) {
      open.add(channel);
      if (!(channel instanceof DatagramChannel)) {
        channel
            .pipeline()
            .addLast(
                new LengthFieldBasedFrameDecoder(
                    Short.BYTES + LONGEST_MESSAGE, 0, Short.BYTES, 0, Short.BYTES));
      }
      channel.pipeline().addLast(new Answers(question, answer));
    }
  }

  /** Waits for the answer. Anything else that comes is not for us. */
  private static final class Answers extends ChannelInboundHandlerAdapter {

    private final Question question;
    private final Promise<byte[]> answer;

    Answers(Question question, Promise<byte[]> answer) {
      this.question = question;
      this.answer = answer;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      try {
        ByteBuf content =
            message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message;
        byte[] bytes = ByteBufUtil.getBytes(content);
        if (question.isAnsweredBy(bytes)) {
          answer.tryComplete(bytes);
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      answer.tryFail("the connection was closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      answer.tryFail(cause);
    }
  }
}
