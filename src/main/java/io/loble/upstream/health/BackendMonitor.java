package io.loble.upstream.health;

import io.loble.config.ActiveCheck;
import io.loble.config.BackendConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Address;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.upstream.probe.ProbeLoop;
import io.loble.upstream.probe.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The health of one backend, from when it joins its pool until its last connection has ended: runs
 * its probes, takes in what proxies report, and drives its state machine. Its name and address
 * never change. Used on one context.
 */
public final class BackendMonitor {

  /** Hears what the monitor finds out. */
  public interface Listener {

    /**
     * Health has changed the backend's state.
     *
     * @param detail the last failure; empty when it is not a failure that changed it
     */
    void changed(BackendMonitor backend, BackendState from, BackendState to, String detail);

    /** A probe could not be made, for a reason that says nothing about the backend. */
    void notProbed(String why);
  }

  /** Makes the probes of an address, as a pool has them. */
  public interface ProbeFactory {
    ProbeLoop loop(Address address, PoolConfig pool);
  }

  private final ProbeFactory probes;
  private final Listener listener;
  private final BackendStats stats;
  private final StandingRecord standing;
  private final Window window = new Window();
  private PoolConfig pool;
  private BackendConfig config;
  private BackendMode mode;
  private BackendHealth health = BackendHealth.INITIAL;
  private @Nullable ProbeLoop loop;

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
      Listener listener) {
    this.pool = pool;
    this.config = config;
    this.mode = config.mode();
    this.stats = stats;
    this.standing = new StandingRecord(stats);
    this.probes = probes;
    this.listener = listener;
    publishStanding();
    startLoop();
  }

  /** Takes over new settings; health and counters stay. Also of a backend that was leaving. */
  public void configure(PoolConfig newPool, BackendConfig newConfig) {
    PoolConfig before = pool;
    boolean wasProbed = isProbed();
    pool = newPool;
    config = newConfig;
    become(newConfig.mode());
    if (wasProbed != isProbed() || !probesAlike(before, newPool)) {
      stop();
      startLoop();
    }
  }

  private static boolean probesAlike(PoolConfig one, PoolConfig other) {
    return one.health().active().equals(other.health().active())
        && one.outbound().equals(other.outbound());
  }

  /** It was removed: it only waits for its connections to end, and is not probed. */
  public void leave() {
    become(BackendMode.LEAVING);
    stop();
  }

  /** Stops probing. */
  public void stop() {
    if (loop != null) {
      loop.stop();
      loop = null;
    }
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
    return health.stateIn(mode);
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
    boolean counts = health.state().inRotation() || outcome.trial();
    switch (outcome.kind()) {
      case FAILURE -> {
        if (counts) {
          window.failed();
          failed(outcome.detail());
        }
      }
      case SUCCESS -> {
        if (counts) {
          window.succeeded();
          succeeded();
        }
      }
      case IDLE -> settle();
    }
  }

  /** An event loop reported what came of the connections of its last interval. */
  public void tallied(Tally tally) {
    if (health.state().inRotation()) {
      window.add(tally);
    }
  }

  /** Probes; with active checks off, grants trials. */
  private void startLoop() {
    if (!isProbed()) {
      return;
    }
    ActiveCheck check = pool.health().active();
    ProbeLoop started = probes.loop(address(), pool);
    loop = started;
    if (check.enabled()) {
      started.startProbing(this::probed);
    } else {
      started.startTicking(this::offerTrial);
    }
  }

  private boolean isProbed() {
    return mode == BackendMode.READY || mode == BackendMode.DRAIN;
  }

  private void probed(Verdict verdict, long startNanos) {
    switch (verdict.kind()) {
      case FINE -> succeeded();
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
    failed("probe: " + verdict.why());
  }

  /** Whether clients were connected while the probe waited: its backlog is full, with ours. */
  private boolean isOnlyBusy(long startNanos) {
    return stats.counters().lastConnectedNanos() - startNanos > 0;
  }

  private void failed(String detail) {
    // Watched first: from here on the end of the last connection is reported, so none is missed.
    stats.health().setWatched(true);
    standing.failed(detail);
    become(health.failed(pool.health(), stats.admission().active()), detail);
  }

  private void succeeded() {
    become(health.succeeded(pool.health()), "");
  }

  private void settle() {
    if (stats.admission().active() == 0) {
      become(health.idle(), "");
    }
  }

  private void offerTrial() {
    settle();
    if (mode == BackendMode.READY && config.weight() > 0 && !health.state().inRotation()) {
      stats.trial().grant();
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

  private void become(BackendHealth next, String detail) {
    BackendState from = state();
    if (health.state().inRotation() != next.state().inRotation()) {
      standing.healthChanged();
      window.reset();
    }
    health = next;
    stats.health().setWatched(next.needsWatching());
    publishStanding();
    if (from != state()) {
      listener.changed(this, from, state(), detail);
    }
  }

  private void publishStanding() {
    standing.publish(mode, health.state());
  }
}
