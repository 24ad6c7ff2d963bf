package io.loble.proxy;

import io.loble.model.Backend;
import io.loble.model.Pool;
import io.loble.model.PumpMode;
import io.loble.model.Rejection;
import io.loble.net.Stream;
import io.loble.upstream.ConnectionOrder;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of one connection, and what health hears of it: each thing exactly once, whatever
 * ends the connection.
 */
final class Accounting {

  /** A backend that ends a connection within this time, without a byte, has not served it. */
  private static final long EARLY_CLOSE_NANOS = 50_000_000;

  private final Worker worker;
  private final Listener listener;
  private final Pool pool;
  private final long startNanos = System.nanoTime();
  private Selection.@Nullable Choice choice;
  private int attempts;
  private boolean relays;
  private long connectedNanos;
  private boolean closedEarly;
  private boolean countedOut;
  private @Nullable Rejection rejection;

  /** Counts a connection that was just accepted. */
  Accounting(Worker worker, Listener listener, Pool pool) {
    this.worker = worker;
    this.listener = listener;
    this.pool = pool;
    listener.stats().accepted();
  }

  long startNanos() {
    return startNanos;
  }

  /** A backend is about to be connected to; a place on it is the connection's. */
  void tries(Selection.Choice next) {
    attempts++;
    choice = next;
  }

  /** How many backends were tried. */
  int attempts() {
    return attempts;
  }

  /** The backend that was tried last; null when none was. */
  Selection.@Nullable Choice choice() {
    return choice;
  }

  /** The backend that was tried last is connected. */
  void connected() {
    relays = true;
    connectedNanos = System.nanoTime();
  }

  /** The backend has ended its side without a byte, before the client has ended its own. */
  void endedByBackend() {
    closedEarly = System.nanoTime() - connectedNanos <= EARLY_CLOSE_NANOS;
  }

  void rejected(Rejection reason) {
    rejection = reason;
    listener.stats().rejected(reason);
  }

  /** Why the client was turned away; null when it was not. */
  @Nullable Rejection rejection() {
    return rejection;
  }

  /** The backend has sent its first byte. */
  void answered() {
    worker.outcomes().success(pool.name(), chosen().backend(), chosen().trial());
  }

  void relayed(boolean fromClient, int bytes) {
    if (fromClient) {
      chosen().backend().stats().addBytesToBackend(bytes);
    } else {
      chosen().backend().stats().addBytesToClient(bytes);
    }
  }

  void spliced(int bytes) {
    listener.stats().addSplicedBytes(bytes);
  }

  /**
   * Counts the connection out of its listener and its backend; does nothing when that has been
   * done.
   *
   * @param backend the backend's side; null when none was connected
   */
  void countOut(@Nullable Stream backend, Ending ending, PumpMode mode) {
    if (countedOut) {
      return;
    }
    countedOut = true;
    long nanos = System.nanoTime() - startNanos;
    listener.stats().ended(nanos);
    if (backend != null) {
      chosen().backend().stats().ended(nanos);
      listener.stats().relayed(mode);
      reportOutcome(backend, ending);
      worker.release(pool.name(), chosen().backend());
    }
  }

  /** A backend that sent a byte was reported when it did. */
  private void reportOutcome(Stream backend, Ending ending) {
    if (backend.bytes() > 0) {
      return;
    }
    Selection.Choice tried = chosen();
    if (ending == Ending.BACKEND_RESET) {
      tried.backend().stats().resetEarly();
      worker
          .outcomes()
          .failure(pool.name(), tried.backend(), tried.trial(), "reset before first byte");
    } else if (ending == Ending.DONE && closedEarly) {
      worker.outcomes().earlyClose(pool.name(), tried.backend(), tried.trial());
    } else if (ending == Ending.DONE) {
      worker.outcomes().success(pool.name(), tried.backend(), tried.trial());
    }
  }

  /** Gives back the connection's place in the process, if it had one. */
  void ended() {
    if (rejection != Rejection.LIMIT) {
      worker.limit().release();
    }
  }

  /** Whether its bytes are relayed to that backend. */
  boolean isRelayedTo(ConnectionOrder.Target target) {
    if (choice == null || !relays || countedOut) {
      return false;
    }
    Backend backend = choice.backend();
    return pool.name().equals(target.pool())
        && backend.name().equals(target.backend())
        && backend.address().toString().equals(target.address());
  }

  /** The name of the backend that was tried last; null when none was. */
  @Nullable String backendName() {
    return choice == null ? null : choice.backend().name();
  }

  private Selection.Choice chosen() {
    if (choice == null) {
      throw new IllegalStateException("no backend was chosen");
    }
    return choice;
  }
}
