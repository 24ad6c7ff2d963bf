package io.loble.balancer;

import static io.loble.balancer.Backends.active;
import static io.loble.balancer.Backends.backend;
import static io.loble.balancer.Backends.client;
import static io.loble.balancer.Backends.occupy;
import static io.loble.balancer.Backends.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Algorithm;
import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.Balancing;
import io.loble.model.Observation;
import io.loble.model.Outbound;
import io.loble.model.PickRules;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.TcpSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Nobody gets more than its share times the factor, whoever the clients are. */
class BoundedSearchTest {

  private static Picker picker(double factor, List<Backend> backends) {
    PickRules rules = PickRules.of(Algorithm.SOURCE_HASH, 1);
    Balancing balancing = rules.balancing().withBalanceFactor(factor);
    Pool pool =
        new Pool(
            "default",
            rules.withBalancing(balancing),
            Observation.of(false),
            TcpSettings.DEFAULT,
            backends,
            new PoolStats(),
            Outbound.PLAIN);
    return new Picker(pool, new SplittableRandom(1), System::nanoTime);
  }

  private static Backend chosen(Picker picker, ClientKey client) {
    return ((Pick.Chosen) picker.choose(client).pick()).backend();
  }

  private static long bound(double factor, List<Backend> backends, Backend backend, long total) {
    double weights = backends.stream().mapToDouble(Backend::effectiveWeight).sum();
    return (long) Math.ceil(factor * total * backend.effectiveWeight() / weights);
  }

  @Property(tries = 200)
  void nobodyHasMoreThanItsBoundWhateverTheClients(
      @ForAll @DoubleRange(min = 1, max = 3) double factor,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> weights,
      @ForAll @IntRange(min = 1, max = 5) int clients) {
    List<Backend> backends = weighted(weights.stream().mapToInt(Integer::intValue).toArray());
    Picker picker = picker(factor, backends);
    for (int total = 1; total <= 200; total++) {
      chosen(picker, client(total % clients));
      for (Backend backend : backends) {
        assertThat((long) active(backend))
            .isLessThanOrEqualTo(bound(factor, backends, backend, total));
      }
    }
  }

  /** Every core counts the others' connections, and none is turned away. */
  @Property(tries = 10)
  void theBoundHoldsOverAllCores(@ForAll @DoubleRange(min = 1, max = 1.5) double factor)
      throws InterruptedException, ExecutionException {
    int cores = 4;
    int each = 2_000;
    int all = cores * each;
    List<Backend> backends = weighted(1, 2, 1, 3, 1);
    ExecutorService threads = Executors.newFixedThreadPool(cores);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int core = 0; core < cores; core++) {
        Picker picker = picker(factor, backends);
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    chosen(picker, client(7));
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(backends.stream().mapToInt(Backends::active).sum()).isEqualTo(all);
    for (Backend backend : backends) {
      assertThat((long) active(backend)).isLessThanOrEqualTo(bound(factor, backends, backend, all));
    }
  }

  @Test
  void aClientKeepsItsBackendAsLongAsThatIsBelowItsBound() {
    List<Backend> backends = weighted(1, 1, 1);
    Picker unbounded = picker(0, weighted(1, 1, 1));
    Picker picker = picker(1.25, backends);
    backends.forEach(backend -> occupy(backend, 100));
    for (int i = 0; i < 20; i++) {
      assertThat(chosen(picker, client(i)).name()).isEqualTo(chosen(unbounded, client(i)).name());
    }
  }

  @Test
  void whereItIsAboveTheNextOfItsOrderIsTaken() {
    List<Backend> backends = weighted(1, 1, 1);
    ClientKey client = client(42);
    List<String> order = Backends.allChoices(new SourceHash(backends), client);
    Backend first = named(backends, order.get(0));
    occupy(first, 100);
    assertThat(chosen(picker(1.25, backends), client).name()).isEqualTo(order.get(1));
  }

  @Test
  void oneAboveItsBoundIsTriedWhenTheOthersCannotBeHad() {
    List<Backend> backends = weighted(1, 1, 1);
    ClientKey client = client(42);
    List<String> order = Backends.allChoices(new SourceHash(backends), client);
    occupy(named(backends, order.get(0)), 100);
    Choice choice = picker(1.25, backends).choose(client);
    List<String> tried = new ArrayList<>();
    Pick pick = choice.pick();
    while (pick instanceof Pick.Chosen next) {
      tried.add(next.backend().name());
      pick = choice.pick();
    }
    assertThat(tried).containsExactly(order.get(1), order.get(2), order.get(0));
  }

  /** While the first choice was tried, others have ended their connections, and begun new ones. */
  @Test
  void whoIsBelowItsBoundByNowIsTriedBeforeWhoIsStillAboveIt() {
    List<Backend> backends = weighted(1, 1, 1);
    ClientKey client = client(42);
    List<String> order = Backends.allChoices(new SourceHash(backends), client);
    Backend first = named(backends, order.get(0));
    Backend second = named(backends, order.get(1));
    Backend third = named(backends, order.get(2));
    occupy(first, 100);
    occupy(second, 100);
    Choice choice = picker(1.25, backends).choose(client);
    assertThat(((Pick.Chosen) choice.pick()).backend()).isEqualTo(third);
    third.stats().admission().release();
    for (int i = 0; i < 60; i++) {
      second.stats().admission().release();
    }
    occupy(third, 60);
    assertThat(((Pick.Chosen) choice.pick()).backend()).isEqualTo(second);
  }

  @Test
  void theForecastHasThoseAboveTheirBoundLast() {
    List<Backend> backends = weighted(1, 1, 1);
    ClientKey client = client(42);
    List<String> order = Backends.allChoices(new SourceHash(backends), client);
    occupy(named(backends, order.get(0)), 100);
    Explanation said = picker(1.25, backends).explain(client, false);
    assertThat(said.candidates())
        .extracting(candidate -> candidate.backend().name())
        .containsExactly(order.get(1), order.get(2), order.get(0));
  }

  @Test
  void aFullBackendIsNotTakenForOneThatIsBelowItsBound() {
    Backend small =
        new Backend(
            "small",
            backend("x", 1).address(),
            1,
            1,
            BackendState.HEALTHY,
            backend("x", 1).stats());
    List<Backend> backends = List.of(small, backend("large", 1));
    Picker picker = picker(2, backends);
    for (int i = 0; i < 50; i++) {
      chosen(picker, client(i));
    }
    assertThat(active(small)).isEqualTo(1);
  }

  private static Backend named(List<Backend> backends, String name) {
    return backends.stream().filter(b -> b.name().equals(name)).findFirst().orElseThrow();
  }
}
