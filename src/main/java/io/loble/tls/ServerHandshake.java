package io.loble.tls;

import io.loble.preface.ClientHello;
import io.loble.preface.ClientHelloSniffer;
import io.loble.preface.Sniffed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ClientHello, picks the context for it, and gives its place to the engine's handler,
 * which reads the ClientHello again.
 */
final class ServerHandshake extends ByteToMessageDecoder {

  /** Alerts: RFC 8446, section 6.2. */
  private static final int DECODE_ERROR = 50;

  private static final int UNRECOGNIZED_NAME = 112;

  private static final int SHOWN = 32;

  private final ServerContexts contexts;
  private final long deadlineNanos;
  private final Duration timeout;
  private final ClientHelloSniffer sniffer = new ClientHelloSniffer();
  private @Nullable ScheduledFuture<?> timer;
  private boolean over;

  ServerHandshake(ServerContexts contexts, Duration timeout) {
    this.contexts = contexts;
    this.timeout = timeout;
    this.deadlineNanos = System.nanoTime() + timeout.toNanos();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    timer = ctx.executor().schedule(() -> late(ctx), timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (ctx.channel().isActive() && !ctx.channel().config().isAutoRead()) {
      ctx.read();
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (over) {
      in.skipBytes(in.readableBytes());
      return;
    }
    Sniffed sniffed = sniffer.sniff(in.nioBuffer());
    if (sniffed instanceof Sniffed.Hello found) {
      begin(ctx, found.hello());
    } else if (sniffed instanceof Sniffed.NotTls) {
      fail(ctx, new HandshakeException(FailureKind.NOT_TLS, other(in)));
    } else if (sniffed instanceof Sniffed.Invalid invalid) {
      alert(ctx, DECODE_ERROR);
      fail(ctx, new HandshakeException(FailureKind.OTHER, invalid.reason()));
    }
  }

  /** The connection has ended, or was half closed. */
  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws Exception {
    if (in.isReadable()) {
      decode(ctx, in, out);
    }
    if (!over && !ctx.isRemoved()) {
      fail(
          ctx,
          new HandshakeException(
              FailureKind.CLOSED,
              in.isReadable() ? "closed within the ClientHello" : "closed without a ClientHello"));
    }
  }

  private void begin(ChannelHandlerContext ctx, ClientHello hello) {
    SslContext context = contexts.pick(hello);
    if (context == null) {
      alert(ctx, UNRECOGNIZED_NAME);
      fail(ctx, new HandshakeException(FailureKind.UNKNOWN_NAME, unknown(hello)));
      return;
    }
    over = true;
    SslHandler ssl = context.newHandler(ctx.alloc());
    // A timeout of 0 would be none.
    long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    ssl.setHandshakeTimeoutMillis(Math.max(1, left));
    ctx.pipeline().replace(this, null, ssl);
  }

  private static String unknown(ClientHello hello) {
    return hello.serverName() == null
        ? "the client asks for no name"
        : "no certificate has the name " + hello.serverName();
  }

  private void late(ChannelHandlerContext ctx) {
    if (!over && !ctx.isRemoved()) {
      fail(ctx, new HandshakeException(FailureKind.TIMEOUT, "no ClientHello has come in time"));
    }
  }

  private static void alert(ChannelHandlerContext ctx, int description) {
    byte[] record = {21, 3, 3, 0, 2, 2, (byte) description};
    ctx.writeAndFlush(Unpooled.wrappedBuffer(record));
  }

  private void fail(ChannelHandlerContext ctx, HandshakeException cause) {
    over = true;
    ctx.fireUserEventTriggered(new SslHandshakeCompletionEvent(cause));
    // Behind the alert, if there is one.
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** What the peer speaks instead. */
  private static String other(ByteBuf in) {
    int length = Math.min(SHOWN, in.readableBytes());
    return OtherProtocol.describe(
        in.toString(in.readerIndex(), length, StandardCharsets.ISO_8859_1));
  }
}
