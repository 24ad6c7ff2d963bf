package io.loble.upstream;

import io.loble.config.BackendConfig;
import io.loble.config.PoolConfig;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.upstream.health.BackendMonitor;
import io.loble.upstream.health.ManualClock;
import io.loble.upstream.health.MonitorListener;
import io.loble.upstream.probe.ProbeLoop;
import io.loble.upstream.probe.Probes;
import io.vertx.core.Vertx;
import java.util.SplittableRandom;

/** A pool for which time passes as a test says. */
final class PoolInTime implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final ManualClock clock = new ManualClock();
  private int changes;
  private final TestPoolOwner owner = TestPoolOwner.of(this::monitor, () -> changes++);
  private final UpstreamPool pool;

  PoolInTime(PoolConfig settings) {
    pool = new UpstreamPool(settings, null, owner, clock);
  }

  UpstreamPool pool() {
    return pool;
  }

  /** What the pool asks for and tells. */
  TestPoolOwner owner() {
    return owner;
  }

  ManualClock clock() {
    return clock;
  }

  /** How often shares have changed by themselves. */
  int changes() {
    return changes;
  }

  @Override
  public void close() {
    pool.stop();
    TestMonitor.done(vertx.close());
  }

  private BackendMonitor monitor(PoolConfig of, BackendConfig backend, BackendStats stats) {
    Probes probes = new Probes(vertx);
    return new BackendMonitor(
        of,
        backend,
        stats,
        (address, settings) ->
            new ProbeLoop(
                vertx,
                probes.of("", address, settings.health().active(), settings.outbound()),
                settings.health().active(),
                new SplittableRandom(1)),
        clock,
        new Bounded());
  }

  private final class Bounded implements MonitorListener {

    @Override
    public void changed(
        BackendMonitor backend, BackendState from, BackendState to, String detail) {}

    @Override
    public void shareChanged() {}

    @Override
    public void trialGranted(BackendMonitor backend) {}

    @Override
    public boolean mayEject(BackendMonitor backend) {
      return pool.mayEject(backend);
    }

    @Override
    public void notProbed(String why) {}
  }
}
