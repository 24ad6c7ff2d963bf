package io.loble.proxy;

import io.loble.model.Rejection;
import io.loble.net.DeadlineWheel;
import io.loble.net.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first stage: a backend is picked and connected to, and another one when that fails, until one
 * is connected or none is left.
 */
final class Picking extends Stage {

  private final Session session;
  private final Selection selection;
  private int retriesLeft;
  private @Nullable Connecting attempt;

  Picking(Session session, Selection selection) {
    this.session = session;
    this.selection = selection;
    this.retriesLeft = session.pool().retries();
  }

  @Override
  void begin() {
    pick();
  }

  private void pick() {
    Selection.Choice next = selection.next();
    if (next == null) {
      session.reject(
          session.accounting().attempts() > 0 ? Rejection.CONNECT_FAILED : selection.whyNone());
      return;
    }
    session.accounting().tries(next);
    attempt = new Connecting(this, session.loop(), session.pool().name(), next);
    attempt.start();
    session.reschedule();
  }

  /** The attempt that was made last has succeeded; the place on its backend is the session's. */
  void connected(Stream backend) {
    attempt = null;
    session.connected(backend);
  }

  /** The attempt that was made last has failed, and holds nothing of its backend any more. */
  void connectFailed(Selection.Choice tried) {
    attempt = null;
    if (tried.trial() || retriesLeft-- > 0) {
      pick();
    } else {
      session.reject(Rejection.CONNECT_FAILED);
    }
  }

  @Override
  void leave() {
    if (attempt != null) {
      attempt.giveUp();
    }
  }

  @Override
  long due() {
    long turn = attempt == null ? DeadlineWheel.NEVER : attempt.waitsUntil();
    return Math.min(session.lifetime().latest(), turn);
  }

  @Override
  void expired() {
    Ending over = session.lifetime().over(false);
    if (over == Ending.DRAIN_CUT || over == Ending.MAX_DURATION) {
      session.close(over);
    } else if (attempt != null && session.loop().wheel().now() >= attempt.waitsUntil()) {
      attempt.waitedTooLong();
    } else {
      session.reschedule();
    }
  }

  @Override
  void failed(Stream side) {
    session.close(Ending.CLIENT_RESET);
  }

  @Override
  void abort() {
    session.close(Ending.CLIENT_RESET);
  }

  @Override
  LiveConnection.State state() {
    return LiveConnection.State.CONNECTING;
  }
}
