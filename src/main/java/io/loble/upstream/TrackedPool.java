package io.loble.upstream;

import io.loble.config.BackendConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Backend;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pool under the eyes of health: its backends, and those that were removed and still have
 * connections.
 */
final class TrackedPool {

  /** Makes what tracks a backend that is new. */
  interface Tracking {
    TrackedBackend track(PoolConfig pool, BackendConfig backend, BackendStats stats);
  }

  private final Tracking tracking;
  private final PoolStats stats;
  private final Map<String, TrackedBackend> backends = new LinkedHashMap<>();
  private final List<TrackedBackend> leaving = new ArrayList<>();
  private @Nullable Pool known;
  private PoolConfig config;
  private boolean removed;

  /**
   * A pool that is new, without backends as yet.
   *
   * @param known the pool in a snapshot that others have made before, whose counters go on
   */
  TrackedPool(PoolConfig config, @Nullable Pool known, Tracking tracking) {
    this.config = config.withBackends(List.of());
    this.known = known;
    this.stats = known == null ? new PoolStats() : known.stats();
    this.tracking = tracking;
  }

  /**
   * Takes over new settings. A backend that keeps its name and address keeps its health and its
   * counters, also when it was about to leave.
   */
  void configure(PoolConfig next) {
    config = next;
    removed = false;
    Map<String, TrackedBackend> before = new LinkedHashMap<>(backends);
    backends.clear();
    for (BackendConfig backend : next.backends()) {
      backends.put(backend.name(), tracked(backend, before));
    }
    before.values().forEach(this::leave);
    known = null;
  }

  /** The pool was removed: all its backends leave. */
  void remove() {
    configure(config.withBackends(List.of()));
    removed = true;
  }

  void stop() {
    backends.values().forEach(TrackedBackend::stop);
  }

  /** The backend of that name and address, unless it was removed. */
  @Nullable TrackedBackend find(String name, String address) {
    TrackedBackend backend = backends.get(name);
    return backend != null && backend.address().toString().equals(address) ? backend : null;
  }

  /** All backends, those that are leaving included. */
  Stream<TrackedBackend> all() {
    return Stream.concat(backends.values().stream(), leaving.stream());
  }

  /** The backends that are leaving, which are not to be changed. */
  List<TrackedBackend> leaving() {
    return leaving;
  }

  /** Forgets those backends that were leaving. */
  void forget(Predicate<TrackedBackend> gone) {
    leaving.removeIf(gone);
  }

  /** Whether nothing is left of a pool that was removed. */
  boolean isGone() {
    return removed && leaving.isEmpty();
  }

  /** The pool as proxies are to see it. */
  Pool snapshot() {
    List<Backend> visible = new ArrayList<>();
    backends.values().forEach(backend -> visible.add(backend.snapshot()));
    // Names are unique: whoever has taken over a name is the one that is meant by it.
    Map<String, Backend> going = new LinkedHashMap<>();
    leaving.stream()
        .filter(backend -> !backends.containsKey(backend.name()))
        .forEach(backend -> going.put(backend.name(), backend.snapshot()));
    visible.addAll(going.values());
    return Snapshots.pool(config, visible, stats);
  }

  private TrackedBackend tracked(BackendConfig backend, Map<String, TrackedBackend> before) {
    TrackedBackend same = before.get(backend.name());
    if (same != null && same.address().equals(backend.address())) {
      before.remove(backend.name());
    } else {
      same = returning(backend.name(), backend.address());
    }
    if (same == null) {
      return tracking.track(config, backend, knownStats(backend));
    }
    same.configure(config, backend);
    return same;
  }

  private @Nullable TrackedBackend returning(String name, HostPort address) {
    for (TrackedBackend backend : leaving) {
      if (backend.name().equals(name) && backend.address().equals(address)) {
        leaving.remove(backend);
        return backend;
      }
    }
    return null;
  }

  private void leave(TrackedBackend backend) {
    backend.leave();
    leaving.add(backend);
  }

  private BackendStats knownStats(BackendConfig config) {
    return known == null
        ? new BackendStats()
        : known.backends().stream()
            .filter(b -> b.name().equals(config.name()) && b.address().equals(config.address()))
            .findFirst()
            .map(Backend::stats)
            .orElseGet(BackendStats::new);
  }
}
