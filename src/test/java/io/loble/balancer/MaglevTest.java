package io.loble.balancer;

import static io.loble.balancer.Backends.ANYONE;
import static io.loble.balancer.Backends.allChoices;
import static io.loble.balancer.Backends.backend;
import static io.loble.balancer.Backends.client;
import static io.loble.balancer.Backends.firstChoice;
import static io.loble.balancer.Backends.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.loble.model.Backend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the paper promises of its tables: even shares, and few clients that move. */
class MaglevTest {

  private static Balancer maglev(List<Backend> backends) {
    return new Maglev(backends, MaglevTable.of(backends));
  }

  private static List<Backend> equal(int count) {
    return IntStream.range(0, count).mapToObj(i -> backend("b" + i, 1)).toList();
  }

  private static String[] slots(List<Backend> backends) {
    MaglevTable table = MaglevTable.of(backends);
    return IntStream.range(0, MaglevTable.SIZE)
        .mapToObj(slot -> backends.get(table.at(slot)).name())
        .toArray(String[]::new);
  }

  private static long slotsOf(String name, String[] slots) {
    return IntStream.range(0, slots.length).filter(i -> slots[i].equals(name)).count();
  }

  @Property(tries = 30)
  void equalBackendsHaveAsManySlotsButForOne(@ForAll @IntRange(min = 1, max = 300) int count) {
    String[] slots = slots(equal(count));
    long least = MaglevTable.SIZE / count;
    for (int i = 0; i < count; i++) {
      assertThat(slotsOf("b" + i, slots)).isBetween(least, least + 1);
    }
  }

  @Property(tries = 30)
  void sharesFollowWeights(
      @ForAll @IntRange(min = 1, max = 256) int one,
      @ForAll @IntRange(min = 1, max = 256) int two) {
    String[] slots = slots(weighted(one, two, 100));
    double all = one + two + 100;
    assertThat((double) slotsOf("b0", slots))
        .isCloseTo(MaglevTable.SIZE * one / all, withPercentage(3));
    assertThat((double) slotsOf("b2", slots))
        .isCloseTo(MaglevTable.SIZE * 100 / all, withPercentage(3));
  }

  @Property(tries = 20)
  void theOrderOfBackendsDoesNotMatter(@ForAll Random random) {
    List<Backend> backends = weighted(1, 2, 5, 3, 1);
    List<Backend> shuffled = new ArrayList<>(backends);
    Collections.shuffle(shuffled, random);
    assertThat(slots(shuffled)).isEqualTo(slots(backends));
  }

  /** "Minimal disruption" is not none: in the paper's figure 12 some percent of the others move. */
  @Property(tries = 20)
  void whenOneLeavesNearlyAllOfTheOthersStay(@ForAll @IntRange(min = 0, max = 49) int leaving) {
    List<Backend> backends = equal(50);
    List<Backend> left = new ArrayList<>(backends);
    String gone = left.remove(leaving).name();
    assertThat(movedOfOthers(slots(backends), slots(left), gone)).isLessThan(0.05);
  }

  @Test
  void whenOneOfAThousandLeavesNearlyAllOfTheOthersStay() {
    List<Backend> backends = equal(1_000);
    assertThat(movedOfOthers(slots(backends), slots(backends.subList(0, 999)), "b999"))
        .isLessThan(0.03);
  }

  /** The part of the slots of the others that have another owner afterwards. */
  private static double movedOfOthers(String[] before, String[] after, String gone) {
    long moved =
        IntStream.range(0, before.length)
            .filter(i -> !before[i].equals(gone) && !before[i].equals(after[i]))
            .count();
    return (double) moved / before.length;
  }

  @Property(tries = 100)
  void aClientComesToTheOwnerOfItsSlotAndThenToTheOthersOnceEach(@ForAll int bits) {
    List<Backend> backends = weighted(1, 3, 2, 1, 1, 9);
    List<String> order = allChoices(maglev(backends), client(bits));
    assertThat(order).hasSize(6).doesNotHaveDuplicates();
    assertThat(order.get(0)).isEqualTo(slots(backends)[MaglevTable.slot(client(bits).hash())]);
    assertThat(maglev(backends).forecast(client(bits)).order())
        .extracting(odds -> odds.backend().name())
        .isEqualTo(order);
  }

  /** It is passed over by the table, but is there when all others are not. */
  @Test
  void oneWithoutASlotComesLast() {
    List<Backend> backends =
        List.of(backend("none", 1).withEffectiveWeight(0.001), backend("all", 256));
    assertThat(allChoices(maglev(backends), ANYONE)).containsExactlyInAnyOrder("all", "none");
    assertThat(firstChoice(maglev(backends), ANYONE)).isEqualTo("all");
  }

  /** Another order would move clients when a process is replaced by one of a newer version. */
  @ParameterizedTest
  @CsvSource({
    "0x0a000007, b2 b4 b3 b0 b1",
    "0xc0a801c8, b3 b1 b2 b0 b4",
    "0xff010203, b2 b3 b0 b4 b1",
    "0x00000000, b2 b0 b3 b1 b4"
  })
  void theOrderIsTheSameInEveryVersion(String address, String order) {
    List<Backend> backends = weighted(1, 2, 5, 3, 1);
    assertThat(
            String.join(" ", allChoices(maglev(backends), client(Long.decode(address).intValue()))))
        .isEqualTo(order);
  }
}
