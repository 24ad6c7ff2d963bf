package io.loble.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts after a handshake with BoringSSL. Both directions end on their own, as TLS
 * 1.3 has it (RFC 8446, section 6.1); {@link SslCloseCompletionEvent#SUCCESS} tells of the peer's
 * end. What is read and written has to be in direct memory, or is copied there.
 */
final class BoringSslHandler extends ChannelDuplexHandler {

  /** A peer that does not read gets no close_notify. */
  private static final long FLUSH_MILLIS = 3_000;

  private final BoringSslSession session;
  private @Nullable ChannelHandlerContext context;
  private boolean freed;

  BoringSslHandler(BoringSslSession session) {
    this.session = session;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    freed = true;
    session.free();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = direct(ctx, (ByteBuf) message);
    try {
      if (!freed && session.failure() == null && !session.hasEnded()) {
        decrypt(ctx, in);
      }
    } finally {
      in.release();
    }
  }

  private void decrypt(ChannelHandlerContext ctx, ByteBuf in) {
    ByteBuf plain = session.decrypt(in, ctx.alloc());
    // Among them, the alert that says what is wrong.
    sayOwnWords(ctx);
    SSLException failure = session.failure();
    boolean ended = session.hasEnded();
    if (plain.isReadable()) {
      ctx.fireChannelRead(plain);
    } else {
      plain.release();
    }
    if (failure != null) {
      ctx.fireExceptionCaught(failure);
    } else if (ended) {
      ctx.fireUserEventTriggered(SslCloseCompletionEvent.SUCCESS);
    }
  }

  private void sayOwnWords(ChannelHandlerContext ctx) {
    ByteBuf words = session.ownWords(ctx.alloc());
    if (words != null) {
      ctx.writeAndFlush(words, ctx.voidPromise());
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ByteBuf data = (ByteBuf) message;
    if (!data.isReadable()) {
      ctx.write(data, promise);
    } else if (freed || session.failure() != null) {
      data.release();
      promise.tryFailure(new SSLException("the connection of TLS is over"));
    } else {
      encrypt(ctx, direct(ctx, data), promise);
    }
  }

  private void encrypt(ChannelHandlerContext ctx, ByteBuf plain, ChannelPromise promise) {
    ByteBuf encrypted;
    try {
      encrypted = session.encrypt(plain, ctx.alloc());
    } catch (SSLException e) {
      promise.tryFailure(e);
      return;
    } finally {
      plain.release();
    }
    ctx.write(encrypted, promise);
  }

  private static ByteBuf direct(ChannelHandlerContext ctx, ByteBuf data) {
    if (data.isDirect() && data.nioBufferCount() == 1) {
      return data;
    }
    try {
      return ctx.alloc().directBuffer(data.readableBytes()).writeBytes(data);
    } finally {
      ReferenceCountUtil.release(data);
    }
  }

  /** Says that nothing more is sent; more can be received. */
  ChannelFuture sendCloseNotify() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return sendCloseNotify(ctx);
  }

  private ChannelFuture sendCloseNotify(ChannelHandlerContext ctx) {
    ByteBuf words = null;
    if (!freed && !session.isClosed()) {
      session.close();
      words = session.ownWords(ctx.alloc());
    }
    return ctx.writeAndFlush(words == null ? Unpooled.EMPTY_BUFFER : words);
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    ChannelFuture told = sendCloseNotify(ctx);
    if (told.isDone()) {
      ctx.close(promise);
      return;
    }
    ScheduledFuture<?> late =
        ctx.executor().schedule(() -> ctx.close(promise), FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    told.addListener(
        done -> {
          if (late.cancel(false)) {
            ctx.close(promise);
          }
        });
  }
}
