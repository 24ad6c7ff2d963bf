package io.loble.upstream.health;

import io.loble.config.ActiveCheck;
import io.loble.config.PoolConfig;
import io.loble.model.Address;
import io.loble.model.BackendMode;
import io.loble.upstream.health.BackendMonitor.ProbeFactory;
import io.loble.upstream.probe.ProbeLoop;
import org.jspecify.annotations.Nullable;

/**
 * What is done to one backend once an interval: a probe, or with active checks off the offer of a
 * trial. Used on one context.
 */
final class Probing {

  private final Address address;
  private final ProbeFactory probes;
  private final ProbeLoop.Listener probed;
  private final Runnable unprobed;
  private @Nullable PoolConfig followed;
  private @Nullable ProbeLoop loop;

  /**
   * @param probed hears of probes
   * @param unprobed called instead where there are none
   */
  Probing(Address address, ProbeFactory probes, ProbeLoop.Listener probed, Runnable unprobed) {
    this.address = address;
    this.probes = probes;
    this.probed = probed;
    this.unprobed = unprobed;
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
      started.startProbing(probed);
    } else {
      started.startTicking(unprobed);
    }
  }

  void stop() {
    if (loop != null) {
      loop.stop();
      loop = null;
      followed = null;
    }
  }
}
