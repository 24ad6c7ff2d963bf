package io.loble.proxy;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.loble.net.BulkPolicy;
import io.loble.net.RelayTuning;
import io.loble.net.StreamKind;
import io.vertx.core.transport.Transport;
import java.util.Objects;
import java.util.stream.Stream;

/** The ways to relay, between which no difference may show outside. */
enum RelayMode {
  /** Linux's own sockets, everything through buffers. */
  BUFFERS,
  /** Linux's own sockets, everything spliced. */
  SPLICES,
  /** Linux's own sockets to the backends, Netty's channels to the clients. */
  CHANNEL_TO_CLIENT,
  /** Linux's own sockets to the clients, Netty's channels to the backends. */
  CHANNEL_TO_BACKEND,
  /** Vert.x's sockets: Java's own, or {@code -Dloble.test.transport=io_uring} and the like. */
  PORTABLE;

  private static final BulkPolicy ALWAYS = new ConstantPolicy(true);

  /** Those that this machine has. */
  static Stream<RelayMode> here() {
    boolean epoll = Transport.EPOLL != null && Transport.EPOLL.available();
    return epoll ? Stream.of(values()) : Stream.of(PORTABLE);
  }

  Transport transport() {
    String wanted = this == PORTABLE ? System.getProperty("loble.test.transport", "nio") : "epoll";
    return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING, Transport.KQUEUE)
        .filter(Objects::nonNull)
        .filter(transport -> transport.name().equals(wanted))
        .findFirst()
        .orElseThrow();
  }

  /** Skips a test of what Java's own transport does not tell: docs/behaviour.md names it. */
  void assumeTellsOfResets() {
    assumeFalse(transport() == Transport.NIO, "NIO does not tell of such a reset");
  }

  /** Skips a test of what only a kernel tells that can be asked for bytes on their way. */
  void assumeTellsOfUnsentBytes() {
    assumeFalse(isBlind(), "NIO does not tell when the last byte has been taken");
  }

  boolean isBlind() {
    return transport() == Transport.NIO;
  }

  /**
   * Whether sockets are Linux's, accepted and connected by our own code. They inherit from their
   * listening socket, a connect can be given up, and they may be Unix sockets.
   */
  boolean hasOwnSockets() {
    return this != PORTABLE;
  }

  StreamKinds kinds() {
    RelayTuning usual = RelayTuning.ADAPTIVE;
    BulkPolicy policy = this == SPLICES ? ALWAYS : BulkPolicy.NEVER;
    return new StreamKinds(
        new RelayTuning(usual.readSize(), usual.spliceSize(), () -> policy),
        this == CHANNEL_TO_CLIENT ? StreamKind.CHANNEL : StreamKind.FASTEST,
        this == CHANNEL_TO_BACKEND ? StreamKind.CHANNEL : StreamKind.FASTEST);
  }

  private record ConstantPolicy(boolean splices) implements BulkPolicy {
    @Override
    public void read(int bytes) {}

    @Override
    public void spliced(int bytes) {}

    @Override
    public void drained() {}
  }
}
