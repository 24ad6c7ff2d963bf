package io.loble.net;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.uring.IoUringIoHandler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;

/** Names the transport that a Vert.x instance runs on. */
public final class Transports {

  private Transports() {}

  /** {@code epoll}, {@code io_uring}, {@code kqueue} or {@code nio}. */
  public static String nameOf(Vertx vertx) {
    // Asked of the event loops, whatever has made them: Vert.x's constants load every transport.
    if (((VertxInternal) vertx).nettyEventLoopGroup() instanceof IoEventLoopGroup loops) {
      if (loops.isIoType(EpollIoHandler.class)) {
        return "epoll";
      }
      if (loops.isIoType(IoUringIoHandler.class)) {
        return "io_uring";
      }
      if (loops.isIoType(KQueueIoHandler.class)) {
        return "kqueue";
      }
    }
    return "nio";
  }
}
