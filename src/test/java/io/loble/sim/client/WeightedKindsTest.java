package io.loble.sim.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.HostPort;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class WeightedKindsTest {

  private static final int PICKS = 100_000;

  @Test
  void kindsComeAsOftenAsTheirWeightsSay() {
    Map<ClientKind, Integer> weights =
        ClientSettings.defaults(new HostPort("localhost", 1)).weights();
    Map<ClientKind, Integer> picked = pick(new WeightedKinds(weights));
    weights.forEach(
        (kind, weight) ->
            assertThat(picked.getOrDefault(kind, 0))
                .as(kind.key())
                .isCloseTo(weight * PICKS / 100, Percentage.withPercentage(5)));
  }

  @Test
  void aKindOfWeightZeroNeverComes() {
    Map<ClientKind, Integer> weights = new EnumMap<>(ClientKind.class);
    weights.put(ClientKind.REAL, 0);
    weights.put(ClientKind.SLOW, 1);
    assertThat(pick(new WeightedKinds(weights))).containsOnlyKeys(ClientKind.SLOW);
  }

  private static Map<ClientKind, Integer> pick(WeightedKinds kinds) {
    SplittableRandom random = new SplittableRandom(1);
    Map<ClientKind, Integer> picked = new EnumMap<>(ClientKind.class);
    for (int i = 0; i < PICKS; i++) {
      picked.merge(kinds.pick(random), 1, Integer::sum);
    }
    return picked;
  }
}
