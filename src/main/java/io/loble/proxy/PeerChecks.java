package io.loble.proxy;

import io.loble.model.TcpSettings;
import io.loble.net.DeadlineWheel;
import io.loble.net.Stream;
import java.time.Duration;

/**
 * Has the kernel notice when an end of one connection vanishes without a word, as {@code [tcp]}
 * says of the client's side and of the backend's.
 *
 * <p>Keepalive takes four system calls a socket, so it is switched on only when a connection has
 * lived for some seconds: one that is short, as most are where there are many, pays nothing. What a
 * client's socket has inherited from its listening socket is not set again.
 */
final class PeerChecks {

  /** So old is a connection that is not short. */
  private static final Duration NOT_SHORT = Duration.ofSeconds(10);

  private final Stream client;
  private final Duration clientKeepalive;
  private final Stream backend;
  private final Duration backendKeepalive;
  private long due;

  private PeerChecks(
      Stream client,
      Duration clientKeepalive,
      Stream backend,
      Duration backendKeepalive,
      long due) {
    this.client = client;
    this.clientKeepalive = clientKeepalive;
    this.backend = backend;
    this.backendKeepalive = backendKeepalive;
    this.due = due;
  }

  /** Begins with two sides that are connected now. */
  static PeerChecks begin(
      LoopEnvironment loop,
      Stream client,
      TcpSettings clientTcp,
      Stream backend,
      TcpSettings backendTcp) {
    limitUnanswered(client, clientTcp.userTimeout());
    limitUnanswered(backend, backendTcp.userTimeout());
    long due = Math.min(due(loop, clientTcp.keepalive()), due(loop, backendTcp.keepalive()));
    return new PeerChecks(client, clientTcp.keepalive(), backend, backendTcp.keepalive(), due);
  }

  /** At once, so that it holds for what is sent first too. */
  private static void limitUnanswered(Stream side, Duration most) {
    if (!most.isZero()) {
      side.limitUnanswered(most);
    }
  }

  /** A side that is silent from the start is asked no later for it. */
  private static long due(LoopEnvironment loop, Duration keepalive) {
    if (keepalive.isZero()) {
      return DeadlineWheel.NEVER;
    }
    Duration delay = keepalive.compareTo(NOT_SHORT) < 0 ? keepalive : NOT_SHORT;
    return loop.after(delay.toMillis());
  }

  /** The tick at which {@link #lookAt} has something to do. */
  long due() {
    return due;
  }

  /** It is that tick, or another. */
  void lookAt(long now) {
    if (now >= due) {
      due = DeadlineWheel.NEVER;
      keepAlive(client, clientKeepalive);
      keepAlive(backend, backendKeepalive);
    }
  }

  private static void keepAlive(Stream side, Duration idle) {
    if (!idle.isZero()) {
      side.keepAlive(idle);
    }
  }
}
