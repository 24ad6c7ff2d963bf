package io.loble.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.access.TopNetworks.Count;
import io.loble.model.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TopNetworksTest {

  @Test
  void fewNetworksAreCountedExactly() {
    TopNetworks top = new TopNetworks(3);
    for (int i : new int[] {1, 2, 1, 3, 1, 2}) {
      top.add(network(i));
    }
    assertThat(top.counts())
        .containsExactly(
            new Count(network(1), 3, 0), new Count(network(2), 2, 0), new Count(network(3), 1, 0));
    assertThat(top.total()).isEqualTo(6);
  }

  @Test
  void aNewOneTakesThePlaceOfTheRarest() {
    TopNetworks top = new TopNetworks(2);
    for (int i : new int[] {1, 1, 1, 2, 3}) {
      top.add(network(i));
    }
    assertThat(top.counts())
        .containsExactly(new Count(network(1), 3, 0), new Count(network(3), 2, 1));
  }

  @Test
  void aNewPeriodBeginsWithNothing() {
    TopNetworks top = new TopNetworks(2);
    top.add(network(1));
    top.clear();
    assertThat(top.counts()).isEmpty();
    assertThat(top.total()).isZero();
    top.add(network(2));
    assertThat(top.counts()).containsExactly(new Count(network(2), 1, 0));
  }

  @Test
  void threadsAreAddedUp() {
    List<Count> one = List.of(new Count(network(1), 5, 1), new Count(network(2), 2, 0));
    List<Count> other = List.of(new Count(network(2), 9, 2), new Count(network(3), 1, 1));
    assertThat(TopNetworks.merge(List.of(one, other), 2))
        .containsExactly(new Count(network(2), 11, 2), new Count(network(1), 5, 1));
  }

  @Property(tries = 300)
  void keepsWhatThePaperPromises(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int most = 1 + random.nextInt(20);
    int networks = 1 + random.nextInt(200);
    int times = random.nextInt(3000);
    TopNetworks top = new TopNetworks(most);
    Map<Network, Long> exact = new HashMap<>();
    for (int i = 0; i < times; i++) {
      // The smaller the number, the more often it comes.
      Network network = network(random.nextInt(1 + random.nextInt(networks)));
      top.add(network);
      exact.merge(network, 1L, Long::sum);
    }
    List<Count> counts = top.counts();
    assertThat(counts).hasSizeLessThanOrEqualTo(most);
    assertThat(top.total()).isEqualTo(times);
    assertThat(counts.stream().mapToLong(Count::count).sum()).isEqualTo(times);
    for (Count count : counts) {
      long truth = exact.getOrDefault(count.network(), 0L);
      assertThat(truth).isBetween(count.count() - count.error(), count.count());
      assertThat(count.error()).isLessThanOrEqualTo(times / most);
    }
    List<Network> kept = counts.stream().map(Count::network).toList();
    exact.forEach(
        (network, truth) -> {
          if (truth * most > times) {
            assertThat(kept).contains(network);
          }
        });
  }

  private static Network network(int number) {
    return new Network(false, (long) number << 40, 0, 24);
  }
}
