package io.loble.proxy;

import io.loble.net.DeadlineWheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * How the sessions of one event loop are drained: all of them when the process stops, some when
 * their listener or their backend goes. They get time to end by themselves; what is left is cut.
 */
final class Drain {

  /** The last part of the drain time, over which the connections that are left are cut. */
  private static final double CUTTING_SHARE = 0.2;

  private final DeadlineWheel<RegisteredSession> sessions;
  private final RandomGenerator random;
  private final Promise<Void> drained = Promise.promise();
  private long end = DeadlineWheel.NEVER;
  private int finished;
  private int cut;

  Drain(DeadlineWheel<RegisteredSession> sessions, RandomGenerator random) {
    this.sessions = sessions;
    this.random = random;
  }

  /** Waits for all to end, cutting those that have not when the time is up. */
  Future<DrainResult> all(long millis) {
    end = sessions.after(millis);
    cutSpread(session -> true, millis);
    completeWhenDrained();
    return drained.future().map(none -> new DrainResult(finished, cut));
  }

  /**
   * The tick at which draining all is over; {@link DeadlineWheel#NEVER} when it has not begun. A
   * session may begin after it has: its client was accepted before the listener was closed.
   */
  long end() {
    return end;
  }

  /** A session has ended, and is not registered any more. */
  void ended(Ending how) {
    if (end != DeadlineWheel.NEVER) {
      if (how == Ending.DRAIN_CUT) {
        cut++;
      } else {
        finished++;
      }
      completeWhenDrained();
    }
  }

  private void completeWhenDrained() {
    if (sessions.size() == 0) {
      drained.tryComplete();
    }
  }

  /**
   * Lets those live for that time at the most. What is left is cut one after another over its last
   * part, at moments with some chance in them, so that clients do not all come back at once; the
   * longest silent go first.
   */
  void cutSpread(Predicate<RegisteredSession> which, long millis) {
    List<RegisteredSession> open =
        sessions.entries().stream()
            .filter(which)
            .sorted(Comparator.comparingLong(session -> session.lifetime().lastActivity()))
            .toList();
    double firstCut = millis * (1 - CUTTING_SHARE);
    double step = millis * CUTTING_SHARE / Math.max(1, open.size());
    for (int i = 0; i < open.size(); i++) {
      long millisLeft = Math.round(firstCut + step * (i + random.nextDouble()));
      RegisteredSession session = open.get(i);
      session.lifetime().cutBy(sessions.after(Math.min(millisLeft, millis)));
      session.reschedule();
      session.drain();
    }
  }

  /** Lets those live on that were to be cut, unless their listener is closed or all are drained. */
  void keep(Predicate<RegisteredSession> which) {
    sessions.entries().stream()
        .filter(session -> which.test(session) && session.record().listener().isOpen())
        .forEach(this::keep);
  }

  private void keep(RegisteredSession session) {
    session.lifetime().cutAt(end);
    session.reschedule();
  }
}
