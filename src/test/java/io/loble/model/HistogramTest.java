package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Which bucket counts a duration. */
class HistogramTest {

  @Test
  void boundsAreInclusive() {
    Histogram histogram = new Histogram(0.001, 0.01);
    histogram.recordNanos(0);
    histogram.recordNanos(1_000_000);
    histogram.recordNanos(1_000_001);
    histogram.recordNanos(10_000_000);
    histogram.recordNanos(10_000_001);
    histogram.recordNanos(Long.MAX_VALUE / 2);
    assertThat(histogram.counts()).containsExactly(2, 2, 2);
  }

  @Property
  void everyDurationIsCountedOnceAndSummedUp(
      @ForAll List<@LongRange(min = 0, max = 10_000_000_000L) Long> durations) {
    Histogram histogram = new Histogram(0.5, 1, 2.5);
    durations.forEach(histogram::recordNanos);
    assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(durations.size());
    assertThat(histogram.counts()[0])
        .isEqualTo(durations.stream().filter(nanos -> nanos <= 500_000_000).count());
    long sum = durations.stream().mapToLong(Long::longValue).sum();
    assertThat(histogram.sumSeconds()).isEqualTo(sum / 1e9);
  }

  @Test
  void nothingIsLostBetweenThreads() {
    Histogram histogram = new Histogram(1);
    Threads.run(
        4,
        () -> {
          for (int i = 0; i < 10_000; i++) {
            histogram.recordNanos(1_000);
          }
        });
    assertThat(histogram.counts()).containsExactly(40_000, 0);
    assertThat(histogram.sumSeconds()).isEqualTo(0.04);
  }

  @Test
  void aQuantileLiesWithinItsBucket() {
    Histogram histogram = new Histogram(1, 2);
    assertThat(histogram.quantileSeconds(0.5)).isEmpty();
    histogram.recordNanos(500_000_000);
    histogram.recordNanos(1_500_000_000);
    histogram.recordNanos(1_500_000_000);
    histogram.recordNanos(9_000_000_000L);
    assertThat(histogram.quantileSeconds(0.25)).hasValue(1);
    assertThat(histogram.quantileSeconds(0.5)).hasValue(1.5);
    assertThat(histogram.quantileSeconds(0.75)).hasValue(2);
    assertThat(histogram.quantileSeconds(1)).hasValue(2);
  }

  @Test
  void readersGetCopies() {
    Histogram histogram = new Histogram(1, 2);
    histogram.boundsSeconds()[0] = 9;
    histogram.counts()[0] = 9;
    assertThat(histogram.boundsSeconds()).containsExactly(1, 2);
    assertThat(histogram.counts()).containsExactly(0, 0, 0);
  }
}
