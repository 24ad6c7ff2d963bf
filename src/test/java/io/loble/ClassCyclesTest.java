package io.loble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassCyclesTest {

  @Test
  void whatKnowsEachOtherByWayOfOthersIsFound() {
    assertThat(
            ClassCycles.of(
                Map.of(
                    "a", Set.of("b"),
                    "b", Set.of("c", "d"),
                    "c", Set.of("a"),
                    "d", Set.of("e"),
                    "e", Set.of("d", "e"),
                    "f", Set.of("a", "d", "f"))))
        .containsExactlyInAnyOrder(Set.of("a", "b", "c"), Set.of("d", "e"));
  }

  @Test
  void whatIsUsedInOneDirectionIsNoCycle() {
    assertThat(
            ClassCycles.of(Map.of("a", Set.of("b", "c"), "b", Set.of("c"), "c", Set.<String>of())))
        .isEmpty();
  }
}
