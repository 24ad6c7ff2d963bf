package io.loble.upstream.health;

import io.loble.config.ActiveCheck;
import io.loble.config.PoolConfig;
import io.loble.model.Address;
import io.loble.model.BackendMode;
import io.loble.model.BackendStats;
import io.loble.upstream.probe.ProbeLoop;
import io.loble.upstream.probe.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What is done to one backend once an interval: a probe, or with active checks off the offer of a
 * trial. Used on one context.
 */
final class Probing {

  /** The monitor that this is a part of. */
  interface Owner {

    /** The backend did what the probe asks for, within so many nanoseconds. */
    void probeSucceeded(long nanos);

    /** The backend did not do what the probe asks for. */
    void probeFailed(String why);

    /** A probe could not be made, for a reason that says nothing about the backend. */
    void notProbed(String why);

    /** There are no probes, and it is time to try a backend that has failed. */
    void offerTrial();

    /** An interval is over, with or without a probe. */
    void settle();
  }

  private final Address address;
  private final BackendStats stats;
  private final ProbeFactory probes;
  private final Owner owner;
  private @Nullable PoolConfig followed;
  private @Nullable ProbeLoop loop;

  Probing(Address address, BackendStats stats, ProbeFactory probes, Owner owner) {
    this.address = address;
    this.stats = stats;
    this.probes = probes;
    this.owner = owner;
  }

  /** Does as these settings say, from the start if they are others than before. */
  void follow(PoolConfig pool, BackendMode mode) {
    if (mode != BackendMode.READY && mode != BackendMode.DRAIN) {
      stop();
    } else if (followed == null || !probesAlike(followed, pool)) {
      stop();
      start(pool);
    }
  }

  private static boolean probesAlike(PoolConfig one, PoolConfig other) {
    return one.health().active().equals(other.health().active())
        && one.outbound().equals(other.outbound());
  }

  private void start(PoolConfig pool) {
    ActiveCheck check = pool.health().active();
    ProbeLoop started = probes.loop(address, pool);
    followed = pool;
    loop = started;
    if (check.enabled()) {
      started.startProbing(this::probed);
    } else {
      started.startTicking(this::tick);
    }
  }

  void stop() {
    if (loop != null) {
      loop.stop();
      loop = null;
      followed = null;
    }
  }

  private void probed(Verdict verdict, long startNanos) {
    switch (verdict.kind()) {
      case FINE -> owner.probeSucceeded(System.nanoTime() - startNanos);
      case BAD -> owner.probeFailed(verdict.why());
      case CONNECT_TIMED_OUT -> {
        if (!isOnlyBusy(startNanos)) {
          owner.probeFailed(verdict.why());
        }
      }
      case NOT_CONNECTED -> owner.notProbed(verdict.why());
    }
    owner.settle();
  }

  /** Whether clients were connected while the probe waited: its backlog is full, with ours. */
  private boolean isOnlyBusy(long startNanos) {
    return stats.counters().lastConnectedNanos() - startNanos > 0;
  }

  private void tick() {
    owner.settle();
    owner.offerTrial();
  }
}
