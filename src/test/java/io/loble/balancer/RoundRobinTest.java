package io.loble.balancer;

import static io.loble.balancer.Backends.ANYONE;
import static io.loble.balancer.Backends.allChoices;
import static io.loble.balancer.Backends.firstChoice;
import static io.loble.balancer.Backends.roundRobin;
import static io.loble.balancer.Backends.shares;
import static io.loble.balancer.Backends.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Backend;
import io.loble.model.PoolStats;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whose turn it is, by weight, over all cores. */
class RoundRobinTest {

  private final List<Backend> backends = weighted(5, 1, 1);
  private final PoolStats stats = new PoolStats();

  @Test
  void takesTurnsSmoothly() {
    Balancer balancer = roundRobin(backends, stats);
    assertThat(Stream.generate(() -> firstChoice(balancer, ANYONE)).limit(7))
        .containsExactly("b0", "b0", "b1", "b0", "b2", "b0", "b0");
  }

  @Property(tries = 100)
  void twoCoresTogetherAreExactHoweverTheyInterleave(@ForAll Random random) {
    PoolStats shared = new PoolStats();
    List<Balancer> cores = List.of(roundRobin(backends, shared), roundRobin(backends, shared));
    Map<String, Long> counts =
        Backends.count(
            Stream.generate(() -> firstChoice(cores.get(random.nextInt(2)), ANYONE)).limit(700));
    assertThat(counts).isEqualTo(Map.of("b0", 500L, "b1", 100L, "b2", 100L));
  }

  @Test
  void twoThreadsTogetherAreExact() {
    CompletableFuture<Map<String, Long>> other =
        CompletableFuture.supplyAsync(() -> shares(roundRobin(backends, stats), 50_000));
    Map<String, Long> counts = new HashMap<>(shares(roundRobin(backends, stats), 20_000));
    other.join().forEach((name, count) -> counts.merge(name, count, Long::sum));
    assertThat(counts).isEqualTo(Map.of("b0", 50_000L, "b1", 10_000L, "b2", 10_000L));
  }

  /** Each follows the change of weights at its own moment, as event loops do. */
  @Test
  void fourThreadsTogetherAreExactUnderEachOfTwoWeights() {
    List<Backend> changed = weighted(1, 256, 3);
    List<CompletableFuture<List<Map<String, Long>>>> cores =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () ->
                            List.of(
                                shares(roundRobin(backends, stats), 35_000),
                                shares(roundRobin(changed, stats), 26_000))))
            .limit(4)
            .toList();
    Map<String, Long> before = new HashMap<>();
    Map<String, Long> after = new HashMap<>();
    for (CompletableFuture<List<Map<String, Long>>> core : cores) {
      core.join().get(0).forEach((name, count) -> before.merge(name, count, Long::sum));
      core.join().get(1).forEach((name, count) -> after.merge(name, count, Long::sum));
    }
    assertThat(before).isEqualTo(Map.of("b0", 100_000L, "b1", 20_000L, "b2", 20_000L));
    assertThat(after).isEqualTo(Map.of("b0", 400L, "b1", 102_400L, "b2", 1_200L));
  }

  @Test
  void goesOnWithTheBackendWhoseTurnIsNext() {
    Balancer balancer = roundRobin(backends, stats);
    assertThat(allChoices(balancer, ANYONE)).containsExactly("b0", "b1", "b2");
    assertThat(allChoices(balancer, ANYONE)).containsExactly("b0", "b1", "b2");
    assertThat(allChoices(balancer, ANYONE)).containsExactly("b1", "b0", "b2");
    assertThat(allChoices(balancer, ANYONE)).containsExactly("b0", "b2", "b1");
  }

  @Test
  void aFurtherTryTakesNoTurnFromTheNextConnection() {
    Balancer balancer = roundRobin(weighted(1, 1, 1), stats);
    Iterator<Backend> retried = balancer.candidates(ANYONE);
    retried.next();
    retried.next();
    assertThat(firstChoice(balancer, ANYONE)).isEqualTo("b1");
  }
}
