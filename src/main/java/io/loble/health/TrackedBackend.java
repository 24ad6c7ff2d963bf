package io.loble.health;

import io.loble.config.BackendConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;

/** One backend under the eyes of health: its state machine, its probes and its counters. */
final class TrackedBackend {

  /** Hears of every change of state. */
  interface Listener {
    void changed(TrackedBackend backend, BackendState from, BackendState to, String detail);
  }

  private final PoolConfig pool;
  private final BackendConfig config;
  private final ProbeLoop loop;
  private final Listener listener;
  private BackendStats stats = new BackendStats();
  private BackendHealth health = BackendHealth.INITIAL;

  TrackedBackend(PoolConfig pool, BackendConfig config, ProbeLoop loop, Listener listener) {
    this.pool = pool;
    this.config = config;
    this.loop = loop;
    this.listener = listener;
  }

  /** Goes on where the same backend was under another configuration. */
  TrackedBackend continuing(TrackedBackend previous) {
    this.health = previous.health;
    return sharing(previous.stats);
  }

  /** Counts in those counters, which others hold already. */
  TrackedBackend sharing(BackendStats shared) {
    this.stats = shared;
    return this;
  }

  /** Starts probing; with active checks off, granting trials. */
  void start() {
    if (pool.health().active().enabled()) {
      loop.startProbing(this::probed);
    } else {
      loop.startTicking(this::offerTrial);
    }
  }

  void stop() {
    loop.stop();
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

  Backend snapshot() {
    return Snapshots.backend(config, health.state(), stats);
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

  private void probed(ProbeLoop.Result result) {
    result.failure().ifPresentOrElse(detail -> failed("probe: " + detail), this::succeeded);
    settle();
  }

  private void failed(String detail) {
    // Watched first: from here on the end of the last connection is reported, so none is missed.
    stats.setWatched(true);
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
    if (!health.state().inRotation()) {
      stats.grantTrial();
    }
  }

  private void become(BackendHealth next, String detail) {
    BackendState from = health.state();
    health = next;
    stats.setWatched(next.needsWatching());
    if (from != next.state()) {
      listener.changed(this, from, next.state(), detail);
    }
  }
}
