package io.loble.proxy;

import io.loble.balancer.Choice;
import io.loble.balancer.Pick;
import io.loble.model.Rejection;
import io.loble.net.DeadlineWheel;
import io.loble.net.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first stage: a backend is picked and connected to, and another one when that fails, until one
 * is connected or none is left.
 */
final class Connecting extends Stage {

  private final Session session;
  private final Choice choice;
  private int retriesLeft;
  private @Nullable Attempt attempt;

  Connecting(Session session, Choice choice) {
    this.session = session;
    this.choice = choice;
    this.retriesLeft = session.pool().retries();
  }

  @Override
  void begin() {
    pick();
  }

  private void pick() {
    Pick pick = choice.pick();
    if (pick instanceof Pick.Chosen next) {
      tryNext(next);
    } else if (pick instanceof Pick.Refused refused) {
      giveUp(refused.reason());
    } else if (pick instanceof Pick.Wait wait) {
      // No pool has a queue yet in which the client could wait.
      giveUp(wait.reason());
    }
  }

  private void tryNext(Pick.Chosen next) {
    session.accounting().tries(next);
    attempt = new Attempt(this, session.worker(), session.pool().name(), next);
    attempt.start();
    session.reschedule();
  }

  private void giveUp(Rejection reason) {
    session.reject(session.accounting().attempts() > 0 ? Rejection.CONNECT_FAILED : reason);
  }

  /** The attempt that was made last has succeeded; the place on its backend is the session's. */
  void connected(Stream backend) {
    attempt = null;
    session.connected(backend);
  }

  /** The attempt that was made last has failed, and holds nothing of its backend any more. */
  void connectFailed(Pick.Chosen tried) {
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
    } else if (attempt != null && session.worker().wheel().now() >= attempt.waitsUntil()) {
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
