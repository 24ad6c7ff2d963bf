package io.loble.upstream.health;

import io.loble.config.BackendConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Address;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.upstream.probe.ProbeLoop;
import io.loble.upstream.probe.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The health of one backend, from when it joins its pool until its last connection has ended: runs
 * its probes, takes in what proxies report, and drives its state machine. Its name and address
 * never change. Used on one context.
 */
public final class BackendMonitor implements TrafficHealth.Owner {

  /** Hears what the monitor finds out. */
  public interface Listener {

    /**
     * What the backend does has changed its state.
     *
     * @param detail what has; empty when it was not to its discredit
     */
    void changed(BackendMonitor backend, BackendState from, BackendState to, String detail);

    /** The part of its weight that the backend has is another. */
    void shareChanged();

    /** The backend may be tried: perhaps somebody waits for room. */
    void trialGranted(BackendMonitor backend);

    /** Whether the backend's pool can do without it. */
    boolean mayEject(BackendMonitor backend);

    /** A probe could not be made, for a reason that says nothing about the backend. */
    void notProbed(String why);
  }

  /** Makes the probes of an address, as a pool has them. */
  public interface ProbeFactory {
    ProbeLoop loop(Address address, PoolConfig pool);
  }

  private final Probing probing;
  private final Listener listener;
  private final BackendStats stats;
  private final StandingRecord standing;
  private final Window window = new Window();
  private final TrafficHealth traffic;
  private final SlowStart slowStart;
  private PoolConfig pool;
  private BackendConfig config;
  private BackendMode mode;
  private BackendHealth health = BackendHealth.INITIAL;
  private long answersSeen;
  private long answerNanosSeen;

  /**
   * Starts to probe.
   *
   * @param stats the backend's counters, which proxies may use already
   */
  public BackendMonitor(
      PoolConfig pool,
      BackendConfig config,
      BackendStats stats,
      ProbeFactory probes,
      Clock clock,
      Listener listener) {
    this.pool = pool;
    this.config = config;
    this.mode = config.mode();
    this.stats = stats;
    this.standing = new StandingRecord(stats);
    this.probing = new Probing(config.address(), probes, this::probed, this::offerTrial);
    this.slowStart = new SlowStart(clock, this::grow);
    this.traffic = new TrafficHealth(pool.resilience(), stats, clock, this);
    this.listener = listener;
    publishStanding();
    probing.follow(pool, mode);
  }

  /** Takes over new settings; health and counters stay. Also of a backend that was leaving. */
  public void configure(PoolConfig newPool, BackendConfig newConfig) {
    boolean wasIn = state().inRotation();
    pool = newPool;
    config = newConfig;
    traffic.configure(newPool.resilience());
    become(newConfig.mode());
    followRotation(wasIn);
    stats.health().setWatched(needsWatching());
    publishStanding();
    probing.follow(newPool, mode);
  }

  /** It was removed: it only waits for its connections to end, and is not probed. */
  public void leave() {
    become(BackendMode.LEAVING);
    slowStart.end();
    probing.stop();
  }

  /** It has joined a pool that serves already: its share grows from now on. */
  public void warmUp() {
    if (state().inRotation()) {
      slowStart.begin(pool.resilience().slowStart());
    }
  }

  /** Stops probing, and whatever else happens by itself. */
  public void stop() {
    traffic.stop();
    slowStart.end();
    probing.stop();
  }

  public String name() {
    return config.name();
  }

  public String poolName() {
    return pool.name();
  }

  public Address address() {
    return config.address();
  }

  /** Its settings. */
  public BackendConfig config() {
    return config;
  }

  /** What is wanted of it. */
  public BackendMode mode() {
    return mode;
  }

  /** Its state, as its mode and its health have it. */
  public BackendState state() {
    return impairment().stateIn(mode);
  }

  private Impairment impairment() {
    return new Impairment(health.state(), traffic.isEjected(), traffic.circuit(), slowStart.isOn());
  }

  /** Whether it is ejected, whatever else keeps connections from it. */
  public boolean isEjected() {
    return traffic.isEjected();
  }

  /** The part of its weight that it has, above 0 and at most 1. */
  public double share() {
    return slowStart.share();
  }

  public BackendStats stats() {
    return stats;
  }

  /** What came of its connections lately. */
  public Window window() {
    return window;
  }

  /** A proxy reported the outcome of one connection. */
  public void heard(Outcome outcome) {
    // Out of rotation only probes and trials count: a connection from before proves nothing.
    boolean counts = ready().inRotation() || outcome.trial();
    if (outcome.kind() == Outcome.Kind.IDLE) {
      settle();
    } else if (counts) {
      change(() -> count(outcome), outcome.detail());
    }
  }

  private void count(Outcome outcome) {
    switch (outcome.kind()) {
      case FAILURE -> {
        window.failed();
        failed(outcome.detail());
        if (outcome.trial()) {
          traffic.trialFailed();
        } else {
          traffic.failed();
        }
      }
      case SUCCESS -> {
        succeeded();
        if (outcome.trial()) {
          traffic.trialSucceeded();
        }
      }
      case EARLY_CLOSE -> {
        succeeded();
        if (outcome.trial()) {
          traffic.trialEndedEarly();
        }
      }
      case IDLE -> {}
    }
  }

  /** An event loop reported what came of the connections of its last interval. */
  public void tallied(Tally tally) {
    if (state().inRotation()) {
      window.add(tally);
      change(() -> traffic.tallied(window.earlyClosesInARow()));
    }
  }

  /** What it did in rotation since this was asked last; null when it is not in rotation now. */
  public Outliers.@Nullable Sample sample() {
    long answers = stats.answers().count();
    long nanos = stats.answers().nanos();
    long served = window.successes() - window.earlyCloses();
    Outliers.Sample sample =
        new Outliers.Sample(
            served,
            window.failures() + window.earlyCloses(),
            answers - answersSeen,
            nanos - answerNanosSeen);
    answersSeen = answers;
    answerNanosSeen = nanos;
    window.clear();
    traffic.calmed();
    return state().inRotation() ? sample : null;
  }

  /** It stands out among the backends of its pool. */
  public void standsOut(String why) {
    change(() -> traffic.standsOut(why));
  }

  /**
   * Takes it out of rotation by command.
   *
   * @param time how long; null for as long as it would be for what it does
   */
  public void eject(String why, @Nullable Duration time) {
    change(() -> traffic.eject(why, time == null ? traffic.time() : time));
  }

  /** Ends its ejection by command. */
  public void readmit() {
    change(traffic::readmit);
  }

  private void probed(Verdict verdict, long startNanos) {
    switch (verdict.kind()) {
      case FINE -> change(this::probeSucceeded);
      case BAD -> probeFailed(verdict);
      case CONNECT_TIMED_OUT -> {
        if (!isOnlyBusy(startNanos)) {
          probeFailed(verdict);
        }
      }
      case NOT_CONNECTED -> listener.notProbed(verdict.why());
    }
    settle();
  }

  private void probeFailed(Verdict verdict) {
    String failure = "probe: " + verdict.why();
    change(() -> failed(failure), failure);
  }

  private void probeSucceeded() {
    health = health.succeeded(pool.health());
  }

  /** Whether clients were connected while the probe waited: its backlog is full, with ours. */
  private boolean isOnlyBusy(long startNanos) {
    return stats.counters().lastConnectedNanos() - startNanos > 0;
  }

  private void failed(String detail) {
    // Watched first: from here on the end of the last connection is reported, so none is missed.
    stats.health().setWatched(true);
    standing.failed(detail);
    health = health.failed(pool.health(), stats.admission().active());
  }

  private void succeeded() {
    window.succeeded();
    health = health.succeeded(pool.health());
  }

  private void settle() {
    if (stats.admission().active() == 0) {
      change(() -> health = health.idle());
    }
  }

  private void offerTrial() {
    settle();
    if (mode == BackendMode.READY && config.weight() > 0 && !health.state().inRotation()) {
      stats.trial().grant();
      listener.trialGranted(this);
    }
  }

  private void become(BackendMode next) {
    if (mode != next) {
      mode = next;
      standing.modeChanged();
      publishStanding();
    }
    if (next != BackendMode.READY) {
      stats.trial().revoke();
    }
  }

  @Override
  public boolean mayEject() {
    return listener.mayEject(this);
  }

  @Override
  public void change(Runnable how) {
    change(how, "");
  }

  /**
   * Changes something, and tells whoever has to know of it.
   *
   * @param failure what has failed; empty when nothing has
   */
  private void change(Runnable how, String failure) {
    BackendState from = state();
    BackendState before = ready();
    how.run();
    BackendState after = ready();
    if (before.inRotation() != after.inRotation()) {
      window.reset();
    }
    if (before != after && !(before.inRotation() && after.inRotation())) {
      standing.healthChanged(before, after);
    }
    followRotation(from.inRotation());
    stats.health().setWatched(needsWatching());
    publishStanding();
    BackendState to = state();
    if (stats.trial().isGranted()) {
      listener.trialGranted(this);
    }
    if (from != to) {
      boolean byTraffic = to == BackendState.EJECTED || to == BackendState.CIRCUIT_OPEN;
      listener.changed(this, from, to, byTraffic ? traffic.why() : failure);
    }
  }

  /** Its state if all depended on what it does. */
  private BackendState ready() {
    return impairment().stateIn(BackendMode.READY);
  }

  private boolean needsWatching() {
    return health.needsWatching() || traffic.needsWatching();
  }

  private void publishStanding() {
    standing.publish(mode, ready(), traffic.why());
  }

  // Slow start.

  private void followRotation(boolean wasIn) {
    boolean isIn = state().inRotation();
    if (isIn && !wasIn) {
      stats.trial().revoke();
      slowStart.begin(pool.resilience().slowStart());
    } else if (!isIn) {
      slowStart.end();
    }
  }

  private void grow(Runnable step) {
    change(step);
    listener.shareChanged();
  }
}
