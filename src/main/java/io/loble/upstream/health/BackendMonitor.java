package io.loble.upstream.health;

import io.loble.config.BackendConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Address;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The health of one backend, from when it joins its pool until its last connection has ended: runs
 * its probes, takes in what proxies report, and drives its state machine. Its name and address
 * never change. Used on one context.
 */
public final class BackendMonitor {

  private final Parts parts = new Parts();
  private final Probing probing;
  private final MonitorListener listener;
  private final BackendStats stats;
  private final StandingRecord standing;
  private final TrafficHealth traffic;
  private final SlowStart slowStart;
  private final LearntWeight learnt;
  private PoolConfig pool;
  private BackendConfig config;
  private BackendMode mode;
  private BackendHealth health = BackendHealth.INITIAL;

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
      MonitorListener listener) {
    this.pool = pool;
    this.config = config;
    this.mode = config.mode();
    this.stats = stats;
    this.standing = new StandingRecord(stats);
    this.probing = new Probing(config.address(), stats, probes, parts);
    this.learnt = new LearntWeight(stats.answers());
    this.slowStart = new SlowStart(clock, parts::grow);
    this.traffic = new TrafficHealth(pool.resilience(), stats, clock, parts);
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
    if (newPool.resilience().slowStart().isZero()) {
      slowStart.end();
    }
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

  /** What its weight is multiplied with, above 0: what was learnt, and slow start. */
  public double share() {
    return slowStart.share() * learnt.factor();
  }

  /** What is learnt of its weight. */
  public LearntWeight learntWeight() {
    return learnt;
  }

  public BackendStats stats() {
    return stats;
  }

  /** A proxy reported the outcome of one connection. */
  public void heard(Outcome outcome) {
    if (outcome.kind() == Outcome.Kind.IDLE) {
      settle();
    } else if (outcome.trial() || ready().inRotation()) {
      // Out of rotation only probes and trials count: a connection from before proves nothing.
      boolean failed = outcome.kind() == Outcome.Kind.FAILURE;
      change(() -> count(outcome, failed), failed ? outcome.detail() : "");
    }
  }

  private void count(Outcome outcome, boolean failed) {
    if (failed) {
      failed(outcome.detail());
    } else {
      succeeded();
    }
    traffic.heard(outcome);
  }

  /** An event loop reported what came of the connections of its last interval. */
  public void tallied(Tally tally) {
    if (state().inRotation()) {
      change(() -> traffic.tallied(tally));
    }
  }

  /**
   * What its clients' connections did since this was asked last; null when it is not in rotation
   * now.
   */
  public Outliers.@Nullable Sample sample() {
    Outliers.Sample sample = traffic.sample();
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
    change(() -> traffic.eject(why, time == null ? traffic.nextTime() : time));
  }

  /** Ends its ejection by command. */
  public void readmit() {
    change(traffic::readmit);
  }

  private void failed(String detail) {
    // Watched first: from here on the end of the last connection is reported, so none is missed.
    stats.health().setWatched(true);
    standing.failed(detail);
    health = health.failed(pool.health(), stats.admission().active());
  }

  private void succeeded() {
    health = health.succeeded(pool.health());
  }

  private void settle() {
    if (stats.admission().active() == 0) {
      change(() -> health = health.idle());
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

  private void change(Runnable how) {
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
      traffic.rotated();
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

  /** What its parts tell. */
  private final class Parts implements TrafficHealth.Owner, Probing.Owner {

    @Override
    public void change(Runnable how) {
      BackendMonitor.this.change(how);
    }

    @Override
    public boolean mayEject() {
      return listener.mayEject(BackendMonitor.this);
    }

    @Override
    public void probeSucceeded(long nanos) {
      learnt.probed(nanos);
      change(BackendMonitor.this::succeeded);
    }

    @Override
    public void probeFailed(String why) {
      String failure = "probe: " + why;
      BackendMonitor.this.change(() -> failed(failure), failure);
    }

    @Override
    public void notProbed(String why) {
      listener.notProbed(why);
    }

    @Override
    public void offerTrial() {
      if (mode == BackendMode.READY && config.weight() > 0 && !health.state().inRotation()) {
        stats.trial().grant();
        listener.trialGranted(BackendMonitor.this);
      }
    }

    @Override
    public void settle() {
      BackendMonitor.this.settle();
    }

    void grow(Runnable step) {
      change(step);
      listener.shareChanged();
    }
  }
}
