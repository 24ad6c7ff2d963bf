package io.loble.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.BackendConfig;
import io.loble.config.PoolConfig;
import io.loble.model.Address;
import io.loble.model.Backend;
import io.loble.model.BackendMode;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import io.loble.model.Pool;
import io.loble.upstream.health.BackendMonitor;
import io.loble.upstream.health.ManualClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Backends that leave, return and are forgotten, in any order. */
class UpstreamPoolTest {

  private static final PoolConfig SETTINGS =
      new TestConfig().build().pools().values().iterator().next();

  private enum Step {
    WITHOUT,
    WITH,
    ELSEWHERE,
    FORGET
  }

  @Property(tries = 300)
  void aBackendKeepsItsCountersUntilItIsForgotten(@ForAll @Size(max = 30) List<Step> steps) {
    UpstreamPool pool =
        new UpstreamPool(
            SETTINGS,
            null,
            TestPoolOwner.of(UpstreamPoolTest::unprobed, () -> {}),
            new ManualClock());
    Map<Integer, BackendStats> known = new HashMap<>();
    @Nullable Integer port = null;
    for (Step step : steps) {
      port = take(step, pool, port, known);
      Pool snapshot = pool.snapshot();
      assertThat(snapshot.backends()).extracting(Backend::name).doesNotHaveDuplicates();
      for (Backend backend : snapshot.backends()) {
        BackendStats before = known.putIfAbsent(port(backend.address()), backend.stats());
        assertThat(before == null || before == backend.stats()).isTrue();
        boolean leaves = backend.mode() == BackendMode.LEAVING;
        assertThat(leaves).isEqualTo(port == null || port(backend.address()) != port);
      }
    }
  }

  private static @Nullable Integer take(
      Step step, UpstreamPool pool, @Nullable Integer port, Map<Integer, BackendStats> known) {
    switch (step) {
      case WITHOUT -> pool.configure(SETTINGS.withBackends(List.of()), false);
      case WITH -> pool.configure(SETTINGS.withBackends(List.of(backend(1))), false);
      case ELSEWHERE -> pool.configure(SETTINGS.withBackends(List.of(backend(2))), false);
      case FORGET -> forget(pool, known);
    }
    return switch (step) {
      case WITHOUT -> null;
      case WITH -> 1;
      case ELSEWHERE -> 2;
      case FORGET -> port;
    };
  }

  private static int port(Address address) {
    return ((HostPort) address).port();
  }

  private static void forget(UpstreamPool pool, Map<Integer, BackendStats> known) {
    List<BackendMonitor> gone =
        pool.all().filter(backend -> backend.mode() == BackendMode.LEAVING).toList();
    gone.forEach(pool::forget);
    known.keySet().removeAll(Set.copyOf(gone.stream().map(b -> port(b.address())).toList()));
  }

  private static BackendConfig backend(int port) {
    return new BackendConfig("a", new HostPort("127.0.0.1", port), 1, 0, BackendMode.MAINTENANCE);
  }

  /** In maintenance, so that there is no probe. */
  private static BackendMonitor unprobed(
      PoolConfig pool, BackendConfig backend, BackendStats stats) {
    return new BackendMonitor(
        pool,
        backend,
        stats,
        (address, check) -> {
          throw new AssertionError("probed");
        },
        new ManualClock(),
        new QuietListener());
  }
}
