package io.loble.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.util.Objects;
import java.util.stream.Stream;

/** Names the transport that a Vert.x instance runs on. */
public final class Transports {

  private Transports() {}

  /** {@code epoll}, {@code io_uring}, {@code kqueue} or {@code nio}. */
  public static String nameOf(Vertx vertx) {
    io.vertx.core.spi.transport.Transport used = ((VertxInternal) vertx).transport();
    return Stream.of(Transport.EPOLL, Transport.IO_URING, Transport.KQUEUE)
        .filter(Objects::nonNull)
        .filter(t -> t.implementation() == used)
        .map(Transport::name)
        .findFirst()
        .orElse("nio");
  }
}
