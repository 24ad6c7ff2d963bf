package io.loble.upstream;

import io.loble.config.BackendConfig;
import io.loble.config.DiscoverySource;
import io.loble.config.DnsLookups;
import io.loble.config.PoolConfig;
import io.loble.model.BackendStats;
import io.loble.model.Discovered;
import io.loble.upstream.discovery.EndpointSource;
import io.loble.upstream.health.BackendMonitor;
import io.loble.upstream.member.MemberChanges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is around a pool in a test, with sources that say what the test says. */
final class TestPoolOwner implements UpstreamPool.Owner {

  /** Makes the monitor of a member that joins. */
  interface Monitors {
    BackendMonitor monitor(PoolConfig pool, BackendConfig backend, BackendStats stats);
  }

  private final Monitors monitors;
  private final Runnable changed;

  /** The sources that are asked, by what they are asked for. */
  final Map<DiscoverySource, EndpointSource.Listener> asked = new HashMap<>();

  final List<Discovered> said = new ArrayList<>();
  final List<MemberChanges> taken = new ArrayList<>();
  int finds;

  private TestPoolOwner(Monitors monitors, Runnable changed) {
    this.monitors = monitors;
    this.changed = changed;
  }

  static TestPoolOwner of(Monitors monitors, Runnable changed) {
    return new TestPoolOwner(monitors, changed);
  }

  @Override
  public BackendMonitor monitor(PoolConfig pool, BackendConfig backend, BackendStats stats) {
    return monitors.monitor(pool, backend, stats);
  }

  @Override
  public EndpointSource source(DiscoverySource which, DnsLookups lookups) {
    return new EndpointSource() {

      @Override
      public void start(Listener listener) {
        asked.put(which, listener);
      }

      @Override
      public void stop() {
        asked.remove(which);
      }
    };
  }

  @Override
  public void sharesChanged() {
    changed.run();
  }

  @Override
  public void foundOthers() {
    finds++;
  }

  @Override
  public void says(String pool, Discovered before, Discovered now) {
    said.add(now);
  }

  @Override
  public void took(String pool, Discovered source, MemberChanges changes) {
    taken.add(changes);
  }
}
