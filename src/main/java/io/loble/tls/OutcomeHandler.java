package io.loble.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * Stands behind the handlers of TLS until the handshake is over, and says how it went, once. What
 * the engine throws besides is said with it.
 */
final class OutcomeHandler extends ChannelInboundHandlerAdapter {

  private final long startNanos = System.nanoTime();
  private final long startMillis = System.currentTimeMillis();
  private boolean over;

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (over) {
      // Of a connection that has failed, no more is to be known than that it is closed.
      ReferenceCountUtil.release(event);
    } else if (event instanceof SslHandshakeCompletionEvent completion) {
      complete(ctx, completion);
    } else if (event == ChannelInputShutdownEvent.INSTANCE) {
      // The handler of TLS would wait for more, until the handshake takes too long.
      fail(ctx, new HandshakeException(FailureKind.CLOSED, "the peer has sent a FIN"));
      ctx.close();
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  private void complete(ChannelHandlerContext ctx, SslHandshakeCompletionEvent completion) {
    if (completion.isSuccess()) {
      SslHandler ssl = ctx.pipeline().get(SslHandler.class);
      over = true;
      HandshakeInfo info = HandshakeInfo.of(ssl.engine(), ssl.applicationProtocol(), startMillis);
      HandshakeRecords records = ctx.pipeline().get(HandshakeRecords.class);
      ctx.fireUserEventTriggered(new TlsOutcome.Agreed(info, elapsed()));
      records.agreed(ctx);
    } else {
      fail(ctx, completion.cause());
    }
  }

  private void fail(ChannelHandlerContext ctx, Throwable cause) {
    over = true;
    ctx.fireUserEventTriggered(new TlsOutcome.Failed(TlsFailure.of(cause), elapsed()));
  }

  private long elapsed() {
    return System.nanoTime() - startNanos;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!over) {
      fail(ctx, cause);
      ctx.close();
    }
  }
}
