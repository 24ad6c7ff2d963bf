package io.loble.proxy;

import io.loble.config.Timeouts;
import io.loble.health.OutcomeReporter;
import io.loble.model.Backend;
import io.loble.net.ShortageLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all sessions of one event loop share: its clock and deadlines, its way to backends and to
 * health, and the settings in force. Called on that event loop, but for what says otherwise.
 */
final class Worker {

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  /** The last part of the drain time, over which the connections that are left are cut. */
  private static final double CUTTING_SHARE = 0.2;

  private static final long TICK_NANOS = DeadlineWheel.TICK_MILLIS * 1_000_000;

  /** A timer that is late by more has been held up. */
  private static final long MOST_TICKS_AT_ONCE = 2;

  private final Vertx vertx;
  private final Context context;
  private final String transport;
  private final Sockets sockets;
  private final Connector connector;
  private final OutcomeReporter outcomes;
  private final ProcessLimit limit;
  private final ShortageLog shortages;
  private final DeadlineWheel<Session> wheel = new DeadlineWheel<>(Worker::expire);
  private final OwnListeners ownListeners = new OwnListeners();
  private final LoopLag lag = new LoopLag(TICK_NANOS);
  private final Promise<Void> drained = Promise.promise();
  private final AtomicInteger load = new AtomicInteger();
  private final AtomicInteger handedOn = new AtomicInteger();
  private final RandomGenerator random = new SplittableRandom();
  private final long startNanos = System.nanoTime();
  private Timeouts timeouts;
  private boolean logsAccess;
  private long missedTicks;
  private long sessions;
  private long drainEnd = DeadlineWheel.NEVER;
  private int finished;
  private int cut;

  Worker(Vertx vertx, Timeouts timeouts, boolean logsAccess, RelayTuning tuning) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.transport = Transports.nameOf(vertx);
    this.sockets = Sockets.of(vertx, this, tuning);
    this.connector = new Connector(vertx, sockets, ownListeners);
    this.outcomes = new OutcomeReporter(vertx);
    this.limit = ProcessLimit.ofConnections(vertx);
    this.shortages = ShortageLog.of(vertx);
    this.timeouts = timeouts;
    this.logsAccess = logsAccess;
  }

  /** Settings that hold from now on, also for the connections that are open. */
  void configure(Timeouts newTimeouts, boolean newLogsAccess) {
    boolean newDeadlines = !newTimeouts.equals(timeouts);
    timeouts = newTimeouts;
    logsAccess = newLogsAccess;
    if (newDeadlines) {
      wheel.entries().forEach(Session::timeoutsChanged);
    }
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

  /**
   * Brings the clock up to date, and acts on what has become due. Time in which the event loop
   * stood still does not count: what began just after it would be taken for old.
   */
  void tick() {
    long nanos = System.nanoTime();
    lag.ticked(nanos);
    long tick = (nanos - startNanos) / TICK_NANOS - missedTicks;
    long standstill = tick - wheel.now() - MOST_TICKS_AT_ONCE;
    if (standstill > 0) {
      missedTicks += standstill;
      tick -= standstill;
    }
    wheel.advanceTo(tick);
    sockets.tick(tick);
  }

  ShortageLog shortages() {
    return shortages;
  }

  OwnListeners ownListeners() {
    return ownListeners;
  }

  /** Calls back on this event loop, after what it is doing; may be called from any thread. */
  void execute(Runnable task) {
    context.runOnContext(here -> task.run());
  }

  /** Calls back on this event loop after so many milliseconds. */
  void after(long millis, Runnable task) {
    vertx.setTimer(millis, timer -> task.run());
  }

  /** Gives a place on a backend back. */
  void release(String pool, Backend backend) {
    if (backend.stats().release()) {
      outcomes.idle(pool, backend);
    }
  }

  LoopLag lag() {
    return lag;
  }

  /** The number of a session that begins: they are counted from 1. */
  long nextNumber() {
    return ++sessions;
  }

  Sockets sockets() {
    return sockets;
  }

  Connector connector() {
    return connector;
  }

  /** The name of the transport. */
  String transport() {
    return transport;
  }

  OutcomeReporter outcomes() {
    return outcomes;
  }

  ProcessLimit limit() {
    return limit;
  }

  DeadlineWheel<Session> wheel() {
    return wheel;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  /** How many sessions there are, and are about to be; may be asked from any thread. */
  int load() {
    return load.get() + handedOn.get();
  }

  /** A client is on its way from another event loop; may be called from any thread. */
  void expectClient() {
    handedOn.incrementAndGet();
  }

  /** A client that was expected has arrived, or will not. */
  void clientArrived() {
    handedOn.decrementAndGet();
  }

  /** A session has begun. */
  void began(Session session, long firstDeadline) {
    wheel.schedule(session, firstDeadline);
    load.lazySet(wheel.size());
  }

  /** A session has ended. */
  void ended(Session session, long nanos) {
    wheel.remove(session);
    load.lazySet(wheel.size());
    if (logsAccess) {
      session.accessLine(nanos).write();
    }
    if (drainEnd != DeadlineWheel.NEVER) {
      if (session.wasCut()) {
        cut++;
      } else {
        finished++;
      }
      completeWhenDrained();
    }
  }

  /** Waits for all sessions to end, cutting those that have not when the time is up. */
  Future<Void> drain(long millis) {
    drainEnd = wheel.after(millis);
    cutSpread(session -> true, millis);
    completeWhenDrained();
    return drained.future();
  }

  /**
   * Lets those sessions live for that time at the most. What is left is cut one after another over
   * its last part, at moments with some chance in them, so that clients do not all come back at
   * once; the longest silent go first.
   */
  void cutSpread(Predicate<Session> which, long millis) {
    List<Session> open =
        wheel.entries().stream()
            .filter(which)
            .sorted(Comparator.comparingLong(Session::lastActivity))
            .toList();
    double firstCut = millis * (1 - CUTTING_SHARE);
    double step = millis * CUTTING_SHARE / Math.max(1, open.size());
    for (int i = 0; i < open.size(); i++) {
      long millisLeft = Math.round(firstCut + step * (i + random.nextDouble()));
      open.get(i).cutAt(wheel.after(Math.min(millisLeft, millis)));
    }
  }

  /** Lets those sessions live on that were to be cut, unless their listener is gone as well. */
  void keep(Predicate<Session> which) {
    wheel.entries().stream().filter(which).forEach(Session::keep);
  }

  /**
   * Closes the longest-lived of those sessions that are quiet.
   *
   * @param idleMillis for how long nothing may have moved
   * @return how many were closed
   */
  int closeQuiet(Predicate<Session> which, int atMost, long idleMillis) {
    List<Session> oldest =
        wheel.entries().stream()
            .filter(session -> which.test(session) && session.isQuiet(idleMillis))
            .sorted(Comparator.comparingLong(Session::begun))
            .limit(atMost)
            .toList();
    oldest.forEach(Session::rebalance);
    return oldest.size();
  }

  /** Sessions of that kind, the oldest first, and how many there are of them. */
  LiveConnections live(LiveConnections.Query query) {
    OldestSessions oldest = new OldestSessions(query.limit());
    wheel.entries().stream().filter(session -> session.isOf(query)).forEach(oldest::add);
    return new LiveConnections(
        oldest.count(), oldest.inOrder().stream().map(Session::live).toList());
  }

  /** Sessions of that kind, added up by client. */
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

  /** By which share of its longest duration a new session is to end earlier. */
  double durationJitter() {
    return random.nextDouble() * timeouts.maxDurationJitter();
  }

  /**
   * The tick at which draining is over; {@link DeadlineWheel#NEVER} when it has not begun. A
   * session may begin after it has: its client was accepted before the listener was closed.
   */
  long drainEnd() {
    return drainEnd;
  }

  /** How many sessions ended by themselves while draining. */
  int finished() {
    return finished;
  }

  /** How many sessions were cut while draining. */
  int cut() {
    return cut;
  }

  /** Ends all sessions at once. */
  void abort() {
    wheel.entries().forEach(Session::abort);
  }

  private void completeWhenDrained() {
    if (wheel.size() == 0) {
      drained.tryComplete();
    }
  }
}
