package io.loble.tls;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;

/** Ends what is sent over TLS, while more can be received. */
public final class CloseNotify {

  private CloseNotify() {}

  /**
   * Says close_notify. On the channel's event loop.
   *
   * @param pipeline of a connection with TLS
   * @return done when it was given to the kernel
   */
  public static ChannelFuture send(ChannelPipeline pipeline) {
    BoringSslHandler own = pipeline.get(BoringSslHandler.class);
    if (own != null) {
      return own.sendCloseNotify();
    }
    SslHandler handler = pipeline.get(SslHandler.class);
    return handler == null ? pipeline.newSucceededFuture() : handler.closeOutbound();
  }
}
