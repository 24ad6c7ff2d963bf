package io.loble.proxy;

import io.loble.balancer.Pick;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import io.loble.tls.TlsOutcome;
import io.loble.upstream.ConnectionOrder;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of one connection, and what health hears of it: each thing exactly once, whatever
 * ends the connection.
 */
final class Accounting {

  private final LoopEnvironment loop;
  private final ListenerState listener;
  private Pool pool;
  private final Sides sides;
  private final Permit permit;
  private final long startNanos = System.nanoTime();
  private Pick.@Nullable Chosen choice;
  private int attempts;
  private long connectedNanos;
  private @Nullable WaitClock waitClock;
  private final AnswerWatch answer = new AnswerWatch();
  private boolean closedEarly;
  private String refused = "reset before first byte";
  private boolean countedOut;
  private @Nullable Rejection rejection;

  /** Counts a connection that was just accepted. */
  Accounting(LoopEnvironment loop, ListenerState listener, Pool pool, Sides sides, Permit permit) {
    this.loop = loop;
    this.listener = listener;
    this.pool = pool;
    this.sides = sides;
    this.permit = permit;
    listener.stats().accepted();
  }

  /**
   * Whether the client that a header has named may connect.
   *
   * @return why not; null when it may, or was known, and asked about, before
   */
  @Nullable Rejection refusalOf(SocketAddress client) {
    return permit.checkClient(client, System.nanoTime());
  }

  /** The pool that serves the connection, as far as that is known. */
  Pool pool() {
    return pool;
  }

  /** The pool is known that serves the connection. */
  void routed(Pool to) {
    pool = to;
  }

  long startNanos() {
    return startNanos;
  }

  /** Measures how long the client waits until a backend has room, however often it has to. */
  WaitClock waitClock() {
    WaitClock clock = waitClock == null ? new WaitClock() : waitClock;
    waitClock = clock;
    return clock;
  }

  /** How long the client has waited for room so far, in all. */
  long waitedNanos() {
    return waitClock == null ? 0 : waitClock.nanos();
  }

  /** A backend is about to be connected to; a place on it is the connection's. */
  void tries(Pick.Chosen next) {
    attempts++;
    choice = next;
    answer.tries(pool, next.backend());
  }

  /** How many backends were tried. */
  int attempts() {
    return attempts;
  }

  /** The backend that was tried last; null when none was. */
  Pick.@Nullable Chosen choice() {
    return choice;
  }

  /** The backend that was tried last is connected. */
  void connected() {
    connectedNanos = System.nanoTime();
    answer.connected(connectedNanos);
  }

  /** The backend has found fault with the handshake of TLS after it was over. */
  void refusedByBackend(TlsOutcome.Failed how) {
    if (sides.bytesToClient() == 0) {
      loop.backendTls().stats(pool.name()).ended(how);
      refused = "TLS: " + how.failure().text();
    }
  }

  /** The backend has ended its side without a byte, before the client has ended its own. */
  void endedByBackend() {
    closedEarly = System.nanoTime() - connectedNanos <= pool.observation().earlyClose().toNanos();
  }

  /** The client is turned away. */
  void rejected(SocketAddress client, Rejection reason) {
    rejection = reason;
    listener.stats().rejected(reason);
    if (Refusals.REASONS.contains(reason)) {
      listener.countNetwork(client, System.nanoTime());
    }
  }

  /** Why the client was turned away; null when it was not. */
  @Nullable Rejection rejection() {
    return rejection;
  }

  /** The backend has sent its first byte. */
  void answered() {
    answer.answered();
    loop.outcomes().success(pool.name(), chosen().backend(), chosen().trial());
  }

  void relayed(boolean fromClient, int bytes) {
    if (fromClient) {
      chosen().backend().stats().counters().addBytesToBackend(bytes);
      answer.asked();
    } else {
      chosen().backend().stats().counters().addBytesToClient(bytes);
    }
  }

  void spliced(int bytes) {
    listener.stats().addSplicedBytes(bytes);
  }

  /**
   * Counts the connection out of its listener and its backend; does nothing when that has been
   * done.
   */
  void countOut(Ending how) {
    if (countedOut) {
      return;
    }
    countedOut = true;
    long nanos = System.nanoTime() - startNanos;
    listener.stats().ended(nanos);
    if (sides.backend() != null) {
      chosen().backend().stats().counters().ended(nanos);
      listener.stats().relayed(sides.mode());
      reportOutcome(how);
      loop.release(pool, chosen().backend());
    }
  }

  /** A backend that sent a byte was reported when it did. */
  private void reportOutcome(Ending how) {
    if (sides.bytesToClient() > 0) {
      return;
    }
    Pick.Chosen tried = chosen();
    if (how == Ending.BACKEND_RESET) {
      answer.failed();
      tried.backend().stats().counters().resetEarly();
      loop.outcomes().failure(pool.name(), tried.backend(), tried.trial(), refused);
    } else if (how == Ending.DONE && closedEarly) {
      answer.failed();
      loop.outcomes().earlyClose(pool.name(), tried.backend(), tried.trial());
    } else if (how == Ending.DONE) {
      loop.outcomes().success(pool.name(), tried.backend(), tried.trial());
    }
  }

  /** Gives back the connection's place in the process, if it had one, and at its listener. */
  void ended() {
    answer.end();
    permit.release();
    if (rejection != Rejection.LIMIT) {
      loop.limit().release();
    }
  }

  /** Whether its bytes are relayed to a backend that an order means. */
  boolean isMeantBy(ConnectionOrder order) {
    return choice != null
        && sides.backend() != null
        && !countedOut
        && order.concerns(pool.name(), choice.backend());
  }

  /** The name of the backend that was tried last; null when none was. */
  @Nullable String backendName() {
    return choice == null ? null : choice.backend().name();
  }

  private Pick.Chosen chosen() {
    if (choice == null) {
      throw new IllegalStateException("no backend was chosen");
    }
    return choice;
  }
}
