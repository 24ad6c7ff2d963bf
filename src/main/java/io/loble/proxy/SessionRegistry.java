package io.loble.proxy;

import io.loble.net.DeadlineWheel;
import io.loble.net.LoopLoad;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open connections of one event loop, with their deadlines. Called on that event loop. */
final class SessionRegistry {

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  private final DeadlineWheel<RegisteredSession> wheel =
      new DeadlineWheel<>(SessionRegistry::expire);
  private final LoopLoad load;
  private final Drain drain;
  private long begun;

  /**
   * @param load is told how many there are
   * @param random draws the moments at which connections are cut
   */
  SessionRegistry(LoopLoad load, RandomGenerator random) {
    this.load = load;
    this.drain = new Drain(wheel, random);
  }

  /** A defect in one session must not take its neighbours' deadlines along. */
  private static void expire(RegisteredSession session) {
    try {
      session.expired();
    } catch (RuntimeException e) {
      log.error("a connection was ended by an internal error", e);
      session.abort();
    }
  }

  /** All deadlines, which count the event loop's ticks. */
  DeadlineWheel<?> wheel() {
    return wheel;
  }

  /** How the sessions are drained. */
  Drain drain() {
    return drain;
  }

  /** The sessions that are open now. */
  List<RegisteredSession> open() {
    return wheel.entries();
  }

  /** The number of a session that begins: they are counted from 1. */
  long nextNumber() {
    return ++begun;
  }

  /** A session has begun. */
  void began(RegisteredSession session, long firstDeadline) {
    wheel.schedule(session, firstDeadline);
    load.setOpen(wheel.size());
  }

  /** Sets or moves a session's deadline. */
  void schedule(RegisteredSession session, long due) {
    wheel.schedule(session, due);
  }

  /** A session has ended. */
  void ended(RegisteredSession session, Ending how) {
    wheel.remove(session);
    load.setOpen(wheel.size());
    drain.ended(how);
  }

  /** The timeouts have changed. */
  void timeoutsChanged() {
    open().forEach(RegisteredSession::reschedule);
  }

  /** Ends all at once. */
  void abort() {
    open().forEach(RegisteredSession::abort);
  }
}
