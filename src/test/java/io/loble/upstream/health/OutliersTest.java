package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.Ejection;
import io.loble.config.Ejection.SuccessRate;
import io.loble.upstream.health.Outliers.Outlier;
import io.loble.upstream.health.Outliers.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which backends do worse than the others of their pool. */
class OutliersTest {

  @Property
  void thoseThatDoAlikeAreAllRight(
      @ForAll @IntRange(max = 20) int count,
      @ForAll @IntRange(min = 20, max = 1_000) int good,
      @ForAll @IntRange(max = 1_000) int bad) {
    List<Sample> alike = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      alike.add(new Sample(good, bad, good, good * 1_000_000L));
    }
    assertThat(Outliers.of(alike, rules(3))).isEmpty();
  }

  @Property
  void oneThatFailsAmongManyStandsOut(
      @ForAll @IntRange(min = 5, max = 30) int count, @ForAll @IntRange(max = 4) int which) {
    List<Sample> samples = healthy(count);
    samples.set(which, new Sample(50, 50, 50, 50_000_000L));
    assertThat(Outliers.of(samples, rules(0)))
        .singleElement()
        .satisfies(
            outlier -> {
              assertThat(outlier.index()).isEqualTo(which);
              assertThat(outlier.why()).startsWith("50.0 % of its connections succeed, ");
            });
  }

  @Test
  void oneWithFewConnectionsIsNotCompared() {
    List<Sample> samples = healthy(6);
    samples.set(2, new Sample(0, 19, 0, 0));
    assertThat(Outliers.of(samples, rules(0))).isEmpty();
    samples.set(2, new Sample(0, 20, 0, 0));
    assertThat(Outliers.of(samples, rules(0))).extracting(Outlier::index).containsExactly(2);
  }

  @Test
  void oneThatIsSlowStandsOutOnlyWhereThatIsAskedFor() {
    List<Sample> samples = healthy(3);
    samples.set(1, new Sample(100, 0, 100, 100 * 3_100_000L));
    assertThat(Outliers.of(samples, rules(0))).isEmpty();
    assertThat(Outliers.of(samples, rules(3.2))).isEmpty();
    assertThat(Outliers.of(samples, rules(3)))
        .containsExactly(new Outlier(1, "it takes 3.1 ms to answer, the median is 1.0 ms"));
  }

  @Test
  void twoBackendsHaveNoMedianToCompareWith() {
    List<Sample> samples = List.of(slow(1), slow(100));
    assertThat(Outliers.of(samples, rules(1.5))).isEmpty();
  }

  @Test
  void oneThatIsBothIsNamedOnce() {
    List<Sample> samples = healthy(9);
    samples.set(0, new Sample(50, 50, 50, 50 * 90_000_000L));
    assertThat(Outliers.of(samples, rules(3))).hasSize(1);
  }

  private static Sample slow(int millis) {
    return new Sample(100, 0, 100, 100L * millis * 1_000_000);
  }

  private static List<Sample> healthy(int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(slow(1));
    }
    return samples;
  }

  private static Ejection rules(double slow) {
    Duration any = Duration.ofSeconds(1);
    return new Ejection(true, 5, 10, any, new SuccessRate(20, 1.9), slow, any, any, any, 0.5);
  }
}
