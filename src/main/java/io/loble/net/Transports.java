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

  /**
   * Whether a Vert.x instance can relay Unix sockets. Netty's channels of them cannot be relied on
   * when one side has ended: NIO's are closed then, and epoll's may never be writable again.
   */
  public static boolean hasUnixSockets(Vertx vertx) {
    return nameOf(vertx).equals("epoll");
  }

  /** What is wrong where there are none. */
  public static String withoutUnixSockets(Vertx vertx) {
    return "transport %s has no Unix sockets; use transport epoll".formatted(nameOf(vertx));
  }

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
