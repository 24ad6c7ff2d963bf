package io.loble.model;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Rises at once, falls slowly. */
class PeakEwmaTest {

  private static final long START = SECONDS.toNanos(12_345);
  private static final double PERCENT = 1;

  private final PeakEwma mean = new PeakEwma();

  @Test
  void isNothingAtFirst() {
    assertThat(mean.at(START)).isZero();
  }

  @Property
  void aTimeAboveItIsTheMeanAtOnce(
      @ForAll @LongRange(min = 1, max = 1_000_000_000L) long low,
      @ForAll @LongRange(min = 1, max = 1_000_000_000L) long more) {
    PeakEwma peak = new PeakEwma();
    peak.record(low, START);
    peak.record(low + more, START + 1);
    assertThat(peak.at(START + 1)).isCloseTo((double) (low + more), withPercentage(PERCENT));
  }

  /** By 1/e in ten seconds, however often it is asked. */
  @Property
  void fallsByTimeAlone(@ForAll @LongRange(min = 0, max = 60_000) long millis) {
    PeakEwma falling = new PeakEwma();
    falling.record(1_000_000, START);
    long later = START + MILLISECONDS.toNanos(millis);
    falling.at(START + MILLISECONDS.toNanos(millis / 2));
    assertThat(falling.at(later)).isCloseTo(1e6 * Math.exp(-millis / 1e4), withPercentage(PERCENT));
  }

  @Test
  void comesToTheTimeThatIsAlwaysTaken() {
    mean.record(SECONDS.toNanos(1), START);
    long now = START;
    for (int i = 0; i < 10_000; i++) {
      now += MILLISECONDS.toNanos(10);
      mean.record(MILLISECONDS.toNanos(3), now);
    }
    assertThat(mean.at(now)).isCloseTo(3e6, withPercentage(2));
  }

  /** What was long ago counts as little whether there is something new or not. */
  @Test
  void fallsToAThirdInTenSecondsAlsoWhileTimesAreAdded() {
    mean.record(SECONDS.toNanos(1), START);
    long now = START;
    for (int i = 0; i < 100; i++) {
      now += MILLISECONDS.toNanos(100);
      mean.record(0, now);
    }
    assertThat(mean.at(now)).isCloseTo(1e9 / Math.E, withPercentage(2));
  }

  @Test
  void isNothingAfterALongTime() {
    mean.record(SECONDS.toNanos(1), START);
    assertThat(mean.at(START + SECONDS.toNanos(3_600L * 24 * 300))).isLessThan(1);
  }

  @Test
  void noneOfManyThreadsHidesAPeak() throws InterruptedException {
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                thread ->
                    new Thread(
                        () -> {
                          for (int i = 0; i < 100_000; i++) {
                            mean.record(thread == 0 && i == 50_000 ? 1_000_000 : 1_000, START);
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(mean.at(START)).isCloseTo(1e6, withPercentage(PERCENT));
  }
}
