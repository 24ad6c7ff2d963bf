package io.loble.balancer;

import static io.loble.balancer.Backends.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loble.model.Backend;
import io.loble.model.PoolStats;
import io.loble.model.Turns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Shares are exact, and spread. */
class SmoothOrderTest {

  @Test
  void fiveOneOneGivesAABACAA() {
    assertThat(turns(14, 5, 1, 1)).containsExactly(0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 2, 0, 0);
  }

  @Test
  void equalWeightsAlternate() {
    assertThat(turns(6, 7, 7, 7)).containsExactly(0, 1, 2, 0, 1, 2);
  }

  @Test
  void whatTheWeightsHaveInCommonIsDividedOut() {
    assertThat(turns(20, 40, 60, 100)).isEqualTo(turns(20, 2, 3, 5));
    assertThat(counts(turns(10, 40, 60, 100), 3)).containsExactly(2, 3, 5);
  }

  @Property
  void everyWindowOfOnePeriodHoldsExactShares(
      @ForAll("weights") int[] weights, @ForAll @IntRange(max = 5_000) int offset) {
    int period = period(weights);
    int[] all = turns(offset + period, weights);
    int[] counts = counts(Arrays.copyOfRange(all, offset, all.length), weights.length);
    int sum = Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      assertThat(counts[i] * sum).isEqualTo(period * weights[i]);
    }
  }

  /** The algorithm as nginx has it, which looks at every backend for every turn. */
  @Property
  void theOrderIsThatOfNginx(@ForAll("weights") int[] weights) {
    int sum = Arrays.stream(weights).sum();
    int[] current = new int[weights.length];
    int[] expected = new int[2 * period(weights)];
    for (int turn = 0; turn < expected.length; turn++) {
      int best = 0;
      for (int i = 0; i < weights.length; i++) {
        current[i] += weights[i];
        if (current[i] > current[best]) {
          best = i;
        }
      }
      current[best] -= sum;
      expected[turn] = best;
    }
    assertThat(turns(expected.length, weights)).isEqualTo(expected);
  }

  /**
   * Before a turn the scores sum up to the sum of the weights, so the highest is above zero, and
   * what is left of it after the turn is above minus that sum.
   */
  @Property
  void nobodyIsEverAFullTurnAheadOfItsShare(@ForAll("weights") int[] weights) {
    int sum = Arrays.stream(weights).sum();
    int[] counts = new int[weights.length];
    int[] turns = turns(period(weights), weights);
    for (int turn = 0; turn < turns.length; turn++) {
      int index = turns[turn];
      counts[index]++;
      assertThat(counts[index] * sum - (turn + 1) * weights[index]).isLessThan(sum);
    }
  }

  /** With two backends the order is a rotation of a circle: gaps are the mean gap, rounded. */
  @Property
  void twoBackendsTakeTheirTurnsAsEvenlyAsWholeTurnsAllow(
      @ForAll @IntRange(min = 1, max = 256) int first,
      @ForAll @IntRange(min = 1, max = 256) int second) {
    int[] weights = {first, second};
    int[] turns = turns(2 * period(weights), weights);
    int[] last = {-1, -1};
    for (int turn = 0; turn < turns.length; turn++) {
      int index = turns[turn];
      if (last[index] >= 0) {
        double meanGap = (first + second) / (double) weights[index];
        assertThat((double) (turn - last[index]))
            .isBetween(Math.floor(meanGap), Math.ceil(meanGap));
      }
      last[index] = turn;
    }
  }

  @Property
  void furtherTriesGoToEachBackendOnceByItsNextTurn(
      @ForAll("weights") int[] weights, @ForAll @IntRange(max = 5_000) int offset) {
    List<Backend> backends = weighted(weights);
    RoundRobin balancer = Backends.roundRobin(backends, new PoolStats());
    for (int i = 0; i < offset; i++) {
      balancer.candidates(Backends.ANYONE);
    }
    List<Backend> order = new ArrayList<>();
    Iterator<Backend> candidates = balancer.candidates(Backends.ANYONE);
    candidates.forEachRemaining(order::add);
    int[] all = turns(offset + period(weights), weights);
    assertThat(order)
        .isEqualTo(
            Arrays.stream(all, offset, all.length).distinct().mapToObj(backends::get).toList())
        .hasSize(weights.length);
  }

  @Test
  void aThousandWeightsHaveExactShares() {
    int[] weights = IntStream.range(0, 1000).map(i -> 1 + i % 256).toArray();
    assertThat(counts(turns(Arrays.stream(weights).sum(), weights), 1000)).isEqualTo(weights);
  }

  @Test
  void ofAThousandEachIsTriedOnce() {
    List<Backend> backends = weighted(IntStream.range(0, 1000).map(i -> 1 + i % 256).toArray());
    RoundRobin balancer = Backends.roundRobin(backends, new PoolStats());
    List<String> names = Backends.allChoices(balancer, Backends.ANYONE);
    assertThat(names).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void aFractionOfAWeightGetsThatFractionOfTheTurns() {
    List<Backend> backends = new ArrayList<>(weighted(1, 1, 1));
    backends.set(1, backends.get(1).withEffectiveWeight(0.1));
    int[] counts = counts(turns(21_000, Balancers.turns(backends, new PoolStats())), 3);
    assertThat(counts[0]).isEqualTo(counts[2]);
    assertThat((double) counts[1] / counts[0]).isCloseTo(0.1, within(0.001));
  }

  // When weights or backends change.

  @Test
  void theSameBackendsAndWeightsGoOnWithTheirTurns() {
    PoolStats stats = new PoolStats();
    List<Backend> backends = weighted(5, 1, 1);
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      taken.add(Balancers.turns(List.copyOf(backends), stats).take().index());
    }
    assertThat(taken).containsExactly(0, 0, 1, 0, 2, 0, 0);
  }

  @Test
  void aRotationGoesOnFromWhereItWas() {
    PoolStats stats = new PoolStats();
    List<Backend> backends = weighted(1, 1, 1, 1, 1, 1);
    assertThat(turns(8, Balancers.turns(backends, stats))).endsWith(0, 1);
    List<Backend> five = backends.subList(0, 5);
    assertThat(turns(7, Balancers.turns(five, stats))).containsExactly(2, 3, 4, 0, 1, 2, 3);
    List<Backend> withoutTheFirst = backends.subList(1, 5);
    assertThat(turns(4, Balancers.turns(withoutTheFirst, stats))).containsExactly(3, 0, 1, 2);
  }

  @Test
  void aRotationThatChangesAtEachTurnIsStillOne() {
    PoolStats stats = new PoolStats();
    List<Backend> backends = weighted(1, 1, 1, 1, 1, 1, 1);
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      double weight = 1 + i / 1024.0;
      List<Backend> changed =
          backends.stream().map(backend -> backend.withEffectiveWeight(weight)).toList();
      taken.add(Balancers.turns(changed, stats).take().index());
    }
    assertThat(taken).isEqualTo(IntStream.range(0, 70).map(i -> i % 7).boxed().toList());
  }

  /** Who begins is not the heaviest each time, nor the first. */
  @Property(tries = 200)
  void sharesFollowWeightsThatChangeAllTheTime(
      @ForAll("weights") int[] weights, @ForAll Random random) {
    PoolStats stats = new PoolStats();
    List<Backend> backends = weighted(weights);
    double[] shares = new double[weights.length];
    int[] counts = new int[weights.length];
    for (int change = 0; change < 300; change++) {
      List<Backend> changed =
          backends.stream()
              .map(b -> b.withEffectiveWeight(b.weight() * (0.1 + 0.9 * random.nextDouble())))
              .toList();
      double sum = changed.stream().mapToDouble(Backend::effectiveWeight).sum();
      int turns = 1 + random.nextInt(3);
      for (int index : turns(turns, Balancers.turns(changed, stats))) {
        counts[index]++;
      }
      for (int i = 0; i < counts.length; i++) {
        shares[i] += turns * changed.get(i).effectiveWeight() / sum;
        assertThat(counts[i] - shares[i]).isBetween(-BEHIND, AHEAD);
      }
    }
  }

  private static final double AHEAD = 1.01;
  private static final double BEHIND = 2;

  @Provide
  Arbitrary<int[]> weights() {
    return Arbitraries.integers().between(1, 256).array(int[].class).ofMinSize(1).ofMaxSize(10);
  }

  private static int period(int... weights) {
    return Arrays.stream(weights).sum() / Arrays.stream(weights).reduce(0, SmoothOrderTest::gcd);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static int[] turns(int count, int... weights) {
    return turns(count, Balancers.turns(weighted(weights), new PoolStats()));
  }

  private static int[] turns(int count, Turns turns) {
    return IntStream.range(0, count).map(i -> turns.take().index()).toArray();
  }

  private static int[] counts(int[] turns, int backends) {
    int[] counts = new int[backends];
    for (int index : turns) {
      counts[index]++;
    }
    return counts;
  }
}
