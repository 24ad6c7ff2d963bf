package io.loble.proxy;

import io.loble.config.Timeouts;
import io.loble.model.Backend;
import io.loble.net.DeadlineWheel;
import io.loble.net.LoopLoad;
import io.loble.net.ProcessLimit;
import io.loble.net.ShortageLog;
import io.loble.net.Transport;
import io.loble.net.Transports;
import io.loble.upstream.health.OutcomeReporter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What the sessions of one event loop share: their registry, their clock, their way to backends and
 * to health, and the settings in force. Called on that event loop, except where it says otherwise.
 */
final class Worker {

  private final Vertx vertx;
  private final Context context;
  private final String transport;
  private final TransportPair transports;
  private final Connector connector;
  private final OutcomeReporter outcomes;
  private final ProcessLimit limit;
  private final ShortageLog shortages;
  private final OwnListeners ownListeners = new OwnListeners();
  private final LoopClock clock = new LoopClock();
  private final RandomGenerator random = new SplittableRandom();
  private final Sessions sessions;
  private Timeouts timeouts;
  private boolean logsAccess;

  Worker(Vertx vertx, Timeouts timeouts, boolean logsAccess, StreamKinds kinds) {
    LoopLoad load = new LoopLoad();
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.transport = Transports.nameOf(vertx);
    this.sessions = new Sessions(load, random);
    this.transports = TransportPair.of(vertx, kinds, load, sessions::abort);
    this.connector = new Connector(vertx, transports.backends(), ownListeners);
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
      sessions.timeoutsChanged();
    }
  }

  /** Brings the clock up to date, and acts on what has become due. */
  void tick() {
    long tick = clock.tick(wheel().now());
    wheel().advanceTo(tick);
    transports.tick(tick);
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

  /** A session has ended. */
  void ended(Session session, long nanos) {
    if (logsAccess) {
      session.accessLine(nanos).write();
    }
    sessions.ended(session);
  }

  /** By which share of its longest duration a new session is to end earlier. */
  double durationJitter() {
    return random.nextDouble() * timeouts.maxDurationJitter();
  }

  Sessions sessions() {
    return sessions;
  }

  DeadlineWheel<Session> wheel() {
    return sessions.wheel();
  }

  LoopClock clock() {
    return clock;
  }

  /** Where clients come from. */
  Transport clients() {
    return transports.clients();
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

  ShortageLog shortages() {
    return shortages;
  }

  OwnListeners ownListeners() {
    return ownListeners;
  }

  Timeouts timeouts() {
    return timeouts;
  }
}
