package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A snapshot never changes once it is made. */
class SnapshotTest {

  private final List<Backend> backends =
      new ArrayList<>(
          List.of(
              backend("one", BackendState.HEALTHY),
              backend("two", BackendState.DRAINING),
              backend("three", BackendState.UNHEALTHY)));

  @Test
  void doesNotFollowTheMapItWasMadeFrom() {
    Map<String, Pool> pools = new LinkedHashMap<>(Map.of("web", pool("web")));
    Snapshot snapshot = new Snapshot(1, pools);
    pools.clear();
    assertThat(snapshot.pools()).containsOnlyKeys("web");
  }

  @Test
  void aPoolDoesNotFollowTheListItWasMadeFrom() {
    Pool pool = pool("web");
    backends.clear();
    assertThat(pool.backends()).hasSize(3);
  }

  @Test
  void cannotBeWrittenTo() {
    Pool pool = pool("web");
    Snapshot snapshot = new Snapshot(1, Map.of("web", pool));
    assertThatThrownBy(() -> snapshot.pools().remove("web"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> pool.backends().remove(0))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> pool.inRotation().remove(0))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void keepsTheOrderOfTheConfiguration() {
    Map<String, Pool> pools = new LinkedHashMap<>();
    List<String> names = List.of("zeta", "alpha", "mid", "beta");
    names.forEach(name -> pools.put(name, pool(name)));
    assertThat(new Snapshot(1, pools).pools().keySet()).containsExactlyElementsOf(names);
  }

  @Test
  void anUnknownPoolIsNull() {
    assertThat(new Snapshot(1, Map.of()).pool("web")).isNull();
  }

  @Test
  void onlyHealthyBackendsAreInRotation() {
    assertThat(pool("web").inRotation()).extracting(Backend::name).containsExactly("one");
  }

  @Test
  void anotherStateKeepsTheCounters() {
    Backend before = backends.get(0);
    Backend after = before.withState(BackendState.DRAINING);
    assertThat(after.stats()).isSameAs(before.stats());
    assertThat(after).isNotEqualTo(before);
    assertThat(after.withState(BackendState.HEALTHY)).isEqualTo(before);
  }

  private Pool pool(String name) {
    return new Pool(name, Algorithm.ROUND_ROBIN, 1, false, backends, new PoolStats());
  }

  private static Backend backend(String name, BackendState state) {
    return new Backend(name, new HostPort("10.0.0.1", 80), 1, 0, state, new BackendStats());
  }
}
