package io.loble.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loble.model.Bandwidth;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;

  /** Times of {@link System#nanoTime} may be any number, and come after this one's last. */
  private static final long START = before(SECOND);

  private static long before(long nanosBeforeTheEnd) {
    return Long.MAX_VALUE - nanosBeforeTheEnd;
  }

  /** A sender that always has more, read as the pacer says, by timers of whole milliseconds. */
  @ParameterizedTest
  @ValueSource(longs = {100, 1 << 10, 64 << 10, 999_983, 10 << 20, 1 << 30, 10L << 30})
  void theBandwidthIsMetOverALongTime(long bytesPerSecond) {
    SplittableRandom random = new SplittableRandom(1);
    Pacer pacer = new Pacer(new Bandwidth(bytesPerSecond), START);
    long now = START;
    long moved = 0;
    long seconds = 60 + 256 * 100 / bytesPerSecond;
    while (now - START < seconds * SECOND) {
      int read = pacer.readable(now);
      assertThat(read).isPositive();
      moved += read;
      now += 10_000;
      long pause = pacer.moved(read, now);
      if (pause > 0) {
        // A timer is up to 3 ms late.
        long lateNanos = MILLISECOND + random.nextLong(2 * MILLISECOND);
        now += pause + lateNanos;
      }
    }
    double expected = (now - START) / (double) SECOND * bytesPerSecond;
    assertThat((double) moved).isCloseTo(expected, Percentage.withPercentage(2));
  }

  @Property(tries = 200)
  void inNoTimeIsMoreMovedThanTheBandwidthAndTwoPortions(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long bytesPerSecond = 1 + random.nextLong(1L << (10 + random.nextInt(25)));
    Pacer pacer = new Pacer(new Bandwidth(bytesPerSecond), START);
    double portion =
        Math.max(Pacer.LEAST_PORTION, bytesPerSecond * Pacer.QUANTUM_MILLIS / 1000.0) + 1;
    long now = START;
    double saved = 2 * portion;
    for (int i = 0; i < 500; i++) {
      long step = random.nextLong(random.nextBoolean() ? 10 * MILLISECOND : SECOND);
      now += step;
      saved = Math.min(2 * portion, saved + step / (double) SECOND * bytesPerSecond);
      int readable = pacer.readable(now);
      int read = readable == 0 ? 0 : random.nextInt(readable) + 1;
      saved -= read;
      // Every window that began with a full bucket is covered by one that did not lose any.
      assertThat(saved).isGreaterThan(-2.0);
      pacer.moved(read, now);
    }
  }

  @Test
  void afterAPauseThereIsAPortionToRead() {
    Pacer pacer = new Pacer(Bandwidth.parse("1MiB/s"), START);
    int portion = (1 << 20) / 40;
    assertThat(pacer.readable(START)).isCloseTo(portion, within(1));
    long pause = pacer.moved(portion, START);
    assertThat(pause).isCloseTo(25 * MILLISECOND, within(1000L));
    assertThat(pacer.readable(START)).isZero();
    assertThat(pacer.readable(START + pause)).isCloseTo(portion, within(1));
    assertThat(pacer.readable(START + 60 * SECOND)).isCloseTo(2 * portion, within(1));
  }

  @Test
  void aLittleTrafficIsNotHeldUp() {
    Pacer pacer = new Pacer(Bandwidth.parse("1MiB/s"), START);
    for (int i = 0; i < 1000; i++) {
      assertThat(pacer.moved(1000, START + i * MILLISECOND)).isZero();
    }
  }

  @Test
  void whatIsReadBeyondIsMadeUpFor() {
    Pacer pacer = new Pacer(Bandwidth.parse("1MiB/s"), START);
    long pause = pacer.moved(1 << 20, START);
    assertThat(pause).isEqualTo(SECOND);
  }

  @Test
  void slowBandwidthsMoveSensiblePieces() {
    Pacer pacer = new Pacer(Bandwidth.parse("256B/s"), START);
    assertThat(pacer.readable(START)).isEqualTo(256);
    assertThat(pacer.moved(256, START)).isEqualTo(SECOND);
  }

  @Test
  void byteByByteCostsAsMuchAsAtOnce() {
    Pacer pacer = new Pacer(new Bandwidth(3_000_000_007L), START);
    int portion = pacer.readable(START);
    long pause = 0;
    for (int i = 0; i < portion; i += 100) {
      pause = pacer.moved(100, START);
    }
    assertThat(pause).isCloseTo(25 * MILLISECOND, within(1000L));
  }
}
