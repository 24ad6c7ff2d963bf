package io.loble.proxy;

import io.loble.net.DeadlineWheel;
import io.loble.net.LoopLoad;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of one event loop, with their deadlines, and what is done to many of them at
 * once. Called on that event loop.
 */
final class SessionRegistry {

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  /** The last part of the drain time, over which the connections that are left are cut. */
  private static final double CUTTING_SHARE = 0.2;

  private final DeadlineWheel<Session> wheel = new DeadlineWheel<>(SessionRegistry::expire);
  private final LoopLoad load;
  private final RandomGenerator random;
  private final Promise<Void> drained = Promise.promise();
  private long begun;
  private long drainEnd = DeadlineWheel.NEVER;
  private int finished;
  private int cut;

  /**
   * @param load is told how many there are
   * @param random draws the moments at which connections are cut
   */
  SessionRegistry(LoopLoad load, RandomGenerator random) {
    this.load = load;
    this.random = random;
  }

  /** A defect in one session must not take its neighbours' deadlines along. */
  private static void expire(Session session) {
    try {
      session.expired();
    } catch (RuntimeException e) {
      log.error("a connection was ended by an internal error", e);
      session.abort();
    }
  }

  /** Their clock, and their deadlines. */
  DeadlineWheel<Session> wheel() {
    return wheel;
  }

  /** The number of a session that begins: they are counted from 1. */
  long nextNumber() {
    return ++begun;
  }

  /** A session has begun. */
  void began(Session session, long firstDeadline) {
    wheel.schedule(session, firstDeadline);
    load.setOpen(wheel.size());
  }

  /** A session has ended. */
  void ended(Session session) {
    wheel.remove(session);
    load.setOpen(wheel.size());
    if (drainEnd != DeadlineWheel.NEVER) {
      if (session.wasCut()) {
        cut++;
      } else {
        finished++;
      }
      completeWhenDrained();
    }
  }

  /** The timeouts have changed. */
  void timeoutsChanged() {
    wheel.entries().forEach(Session::reschedule);
  }

  /** Waits for all to end, cutting those that have not when the time is up. */
  Future<Proxy.DrainResult> drain(long millis) {
    drainEnd = wheel.after(millis);
    cutSpread(session -> true, millis);
    completeWhenDrained();
    return drained.future().map(none -> new Proxy.DrainResult(finished, cut));
  }

  private void completeWhenDrained() {
    if (wheel.size() == 0) {
      drained.tryComplete();
    }
  }

  /**
   * The tick at which draining is over; {@link DeadlineWheel#NEVER} when it has not begun. A
   * session may begin after it has: its client was accepted before the listener was closed.
   */
  long drainEnd() {
    return drainEnd;
  }

  /**
   * Lets those live for that time at the most. What is left is cut one after another over its last
   * part, at moments with some chance in them, so that clients do not all come back at once; the
   * longest silent go first.
   */
  void cutSpread(Predicate<Session> which, long millis) {
    List<Session> open =
        wheel.entries().stream()
            .filter(which)
            .sorted(Comparator.comparingLong(session -> session.lifetime().lastActivity()))
            .toList();
    double firstCut = millis * (1 - CUTTING_SHARE);
    double step = millis * CUTTING_SHARE / Math.max(1, open.size());
    for (int i = 0; i < open.size(); i++) {
      long millisLeft = Math.round(firstCut + step * (i + random.nextDouble()));
      open.get(i).cutAt(wheel.after(Math.min(millisLeft, millis)));
    }
  }

  /** Lets those live on that were to be cut, unless their listener is gone as well. */
  void keep(Predicate<Session> which) {
    wheel.entries().stream().filter(which).forEach(Session::keep);
  }

  /**
   * Closes the longest-lived of those that are quiet.
   *
   * @param idleMillis for how long nothing may have moved
   * @return how many were closed
   */
  int closeQuiet(Predicate<Session> which, int atMost, long idleMillis) {
    List<Session> oldest =
        wheel.entries().stream()
            .filter(session -> which.test(session) && session.isQuiet(idleMillis))
            .sorted(Comparator.comparingLong(session -> session.lifetime().begun()))
            .limit(atMost)
            .toList();
    oldest.forEach(Session::rebalance);
    return oldest.size();
  }

  /** Those that the query asks for, the oldest first, and how many there are of them. */
  LiveConnections live(LiveConnections.Query query) {
    OldestSessions oldest = new OldestSessions(query.limit());
    wheel.entries().stream().filter(session -> session.isOf(query)).forEach(oldest::add);
    return new LiveConnections(
        oldest.count(), oldest.inOrder().stream().map(Session::live).toList());
  }

  /** Those that the query asks for, added up by client. */
  LiveClients clients(LiveConnections.Query query) {
    ClientTally tally = new ClientTally();
    wheel.entries().stream().filter(session -> session.isOf(query)).forEach(tally::add);
    return tally.result();
  }

  /** Closes the session of that number with a reset; tells how it was before, if it was there. */
  Optional<LiveConnection> close(long number) {
    return wheel.entries().stream()
        .filter(session -> session.number() == number)
        .findFirst()
        .map(
            session -> {
              LiveConnection before = session.live();
              session.closeByCommand();
              return before;
            });
  }

  /** Ends all at once. */
  void abort() {
    wheel.entries().forEach(Session::abort);
  }
}
