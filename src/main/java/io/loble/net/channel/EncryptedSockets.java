package io.loble.net.channel;

import io.loble.net.Encryption;
import io.loble.net.HandshakeFailedException;
import io.loble.tls.TlsOutcome;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.channels.ClosedChannelException;

/** TLS on sockets of Vert.x's, with the same handlers as relayed connections have. */
public final class EncryptedSockets {

  private EncryptedSockets() {}

  /**
   * Begins a handshake on a socket from which nothing was read as yet. On its event loop.
   *
   * @return completes when it has succeeded; fails with a {@link HandshakeFailedException}, or when
   *     the connection is gone
   */
  public static Future<Void> encrypt(NetSocket socket, Encryption encryption) {
    ChannelPipeline pipeline = ((NetSocketInternal) socket).channelHandlerContext().pipeline();
    Promise<Void> agreed = Promise.promise();
    pipeline.addFirst(new Awaiting(agreed));
    encryption.install(pipeline);
    return agreed.future();
  }

  /** Stands behind the handlers of TLS until it is known how the handshake went. */
  private static final class Awaiting extends ChannelInboundHandlerAdapter {

    private final Promise<Void> agreed;

    Awaiting(Promise<Void> agreed) {
      this.agreed = agreed;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof TlsOutcome.Failed failed) {
        agreed.tryFail(new HandshakeFailedException(failed.failure(), false));
      } else if (event instanceof TlsOutcome.Agreed) {
        ctx.pipeline().remove(this);
        agreed.tryComplete();
      } else {
        ctx.fireUserEventTriggered(event);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      agreed.tryFail(new ClosedChannelException());
      ctx.fireChannelInactive();
    }
  }
}
