package io.loble.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of a world: a line for each chooser, medians over the rounds. */
class WorldTableTest {

  private static final Chooser HAPROXY = new HaproxyChooser("leastconn");

  @Test
  void aLineHasTheMediansAndTheirRange() {
    List<WorldSample> rounds =
        List.of(sample(20, 300, 0.01, 0.2), sample(24, 200, 0.03, 0.6), sample(22, 999, 0.02, 0.4));
    assertThat(table(rounds))
        .contains("| HAProxy `leastconn` | 22.0 (20.0–24.0) | 300 (200–999) | 2.0 (1.0–3.0) |")
        .contains("| 40.0 ", "| 15.0 15.0 15.0 15.0 ");
  }

  @Test
  void oneRoundHasNoRange() {
    assertThat(table(List.of(sample(20, 300, 0, 0.2)))).contains("| 20.0 ", "| 300 ", "| 0.0 ");
  }

  @Test
  void whatWasNeverMeasuredHasNoLine() {
    assertThat(table(List.of())).doesNotContain("HAProxy").contains("| chooser ");
  }

  private static String table(List<WorldSample> rounds) {
    Map<Chooser, List<WorldSample>> samples = new LinkedHashMap<>();
    samples.put(HAPROXY, rounds);
    return new WorldTable(World.ALL.get(0), samples).toString();
  }

  private static WorldSample sample(double p50, double p99, double failed, double first) {
    double other = (1 - first) / (World.BACKENDS - 1);
    return new WorldSample(p50, p99, failed, List.of(first, other, other, other, other));
  }
}
