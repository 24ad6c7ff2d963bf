package io.loble.upstream;

import io.loble.config.ActiveCheck;
import io.loble.config.BackendConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Backend;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import io.loble.model.Standing;
import io.loble.upstream.health.BackendHealth;
import io.loble.upstream.health.Outcome;
import io.loble.upstream.probe.ProbeLoop;
import io.loble.upstream.probe.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One backend under the eyes of health, from when it is configured until it is gone: what is wanted
 * of it, its state machine, its probes and its counters. Its name and address never change.
 */
final class TrackedBackend {

  /** Hears of every change of state that health makes. */
  interface Listener {
    void changed(TrackedBackend backend, BackendState from, BackendState to, String detail);

    /** A probe could not be made, for a reason that says nothing about the backend. */
    void notProbed(String why);
  }

  /** Makes what probes an address. */
  interface Probing {
    ProbeLoop loop(HostPort address, ActiveCheck check);
  }

  private final Probing probing;
  private final Listener listener;
  private final BackendStats stats;
  private PoolConfig pool;
  private BackendConfig config;
  private BackendMode mode;
  private BackendHealth health = BackendHealth.INITIAL;
  private @Nullable ProbeLoop loop;
  private @Nullable Closing closing;
  private int idleLooks;
  private Instant modeSince = Instant.now();
  private Instant healthSince = modeSince;
  private String lastFailure = "";

  /**
   * @param stats what it counts in, which others may hold already
   */
  TrackedBackend(
      PoolConfig pool,
      BackendConfig config,
      BackendStats stats,
      Probing probing,
      Listener listener) {
    this.pool = pool;
    this.config = config;
    this.mode = config.mode();
    this.stats = stats;
    this.probing = probing;
    this.listener = listener;
    tellStanding();
    startLoop();
  }

  /** Takes over new settings; its health and its counters stay. */
  void configure(PoolConfig newPool, BackendConfig newConfig) {
    ActiveCheck check = pool.health().active();
    boolean wasProbed = isProbed();
    pool = newPool;
    config = newConfig;
    become(newConfig.mode());
    if (wasProbed != isProbed() || !check.equals(newPool.health().active())) {
      stop();
      startLoop();
    }
  }

  /** It was removed: from now on it only waits for its connections to end. */
  void leave() {
    idleLooks = 0;
    become(BackendMode.LEAVING);
    stop();
  }

  void stop() {
    if (loop != null) {
      loop.stop();
      loop = null;
    }
  }

  /** What is left of its connections is to be closed then; null for never. */
  void closing(@Nullable Closing newClosing) {
    closing = newClosing;
  }

  @Nullable Closing closing() {
    return closing;
  }

  /**
   * Whether no connection is left, and none was the last time this was asked: one may have been on
   * its way to this backend when it was removed.
   */
  boolean isLeft() {
    idleLooks = stats.active() == 0 ? idleLooks + 1 : 0;
    return idleLooks > 1;
  }

  String name() {
    return config.name();
  }

  String poolName() {
    return pool.name();
  }

  HostPort address() {
    return config.address();
  }

  BackendMode mode() {
    return mode;
  }

  BackendStats stats() {
    return stats;
  }

  Backend snapshot() {
    return Snapshots.backend(config, mode, state(), stats);
  }

  /** A proxy reported. */
  void heard(Outcome outcome) {
    // Out of rotation only probes and trials count: a connection from before proves nothing.
    boolean counts = health.state().inRotation() || outcome.trial();
    switch (outcome.kind()) {
      case FAILURE -> {
        if (counts) {
          failed(outcome.detail());
        }
      }
      case SUCCESS -> {
        if (counts) {
          succeeded();
        }
      }
      case IDLE -> settle();
    }
  }

  /** Probes; with active checks off, grants trials. */
  private void startLoop() {
    if (!isProbed()) {
      return;
    }
    ActiveCheck check = pool.health().active();
    ProbeLoop started = probing.loop(address(), check);
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

  private BackendState state() {
    return Snapshots.stateUnder(mode, health.state());
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
    return stats.lastConnectedNanos() - startNanos > 0;
  }

  private void failed(String detail) {
    // Watched first: from here on the end of the last connection is reported, so none is missed.
    stats.setWatched(true);
    lastFailure = detail;
    become(health.failed(pool.health(), stats.active()), detail);
  }

  private void succeeded() {
    become(health.succeeded(pool.health()), "");
  }

  private void settle() {
    if (stats.active() == 0) {
      become(health.idle(), "");
    }
  }

  private void offerTrial() {
    settle();
    if (mode == BackendMode.READY && config.weight() > 0 && !health.state().inRotation()) {
      stats.grantTrial();
    }
  }

  private void become(BackendMode next) {
    if (mode != next) {
      mode = next;
      modeSince = Instant.now();
      tellStanding();
    }
    if (next != BackendMode.READY) {
      stats.revokeTrial();
    }
  }

  private void become(BackendHealth next, String detail) {
    BackendState from = state();
    if (health.state().inRotation() != next.state().inRotation()) {
      healthSince = Instant.now();
    }
    health = next;
    stats.setWatched(next.needsWatching());
    tellStanding();
    if (from != state()) {
      listener.changed(this, from, state(), detail);
    }
  }

  private void tellStanding() {
    boolean failed = !health.state().inRotation();
    boolean healthDecides = mode == BackendMode.READY && (failed || healthSince.isAfter(modeSince));
    String why = failed && mode != BackendMode.MAINTENANCE ? lastFailure : "";
    stats.setStanding(new Standing(healthDecides ? healthSince : modeSince, why));
  }
}
