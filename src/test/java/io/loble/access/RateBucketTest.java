package io.loble.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Rate;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RateBucketTest {

  private static final long SECOND = 1_000_000_000;

  /** Near the end of what the clock can say: times are compared by their difference. */
  private static final long START = TestClock.before(SECOND / 2);

  @Test
  void aBurstAndThenTheRate() {
    RateBucket bucket = new RateBucket(Rate.parse("10/s"), 3, START);
    assertThat(taken(bucket, START, 10)).isEqualTo(3);
    assertThat(bucket.waitNanos(START)).isEqualTo(SECOND / 10);
    assertThat(bucket.tryTake(START + SECOND / 10 - 1)).isFalse();
    assertThat(bucket.tryTake(START + SECOND / 10)).isTrue();
    assertThat(bucket.tryTake(START + SECOND / 10)).isFalse();
    assertThat(taken(bucket, START + 10 * SECOND, 10)).isEqualTo(3);
  }

  @Test
  void withoutMoreOneSecondsWorthComesAtOnce() {
    assertThat(taken(new RateBucket(Rate.parse("200/s"), 0), 0, 1000)).isEqualTo(200);
    assertThat(taken(new RateBucket(Rate.parse("50/10s"), 0), 0, 1000)).isEqualTo(5);
    assertThat(taken(new RateBucket(Rate.parse("1/m"), 0), 0, 1000)).isEqualTo(1);
  }

  @Test
  void withoutARateThereIsNoBound() {
    assertThat(taken(new RateBucket(Rate.NONE, 0), 0, 1000)).isEqualTo(1000);
  }

  @Test
  void theLongestBurstFitsIntoTheClock() {
    RateBucket bucket = new RateBucket(Rate.parse("1/24h"), Integer.MAX_VALUE, START);
    assertThat(taken(bucket, START, 20_000)).isEqualTo(20_000);
  }

  private static int taken(RateBucket bucket, long now, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += bucket.tryTake(now) ? 1 : 0;
    }
    return taken;
  }

  /** In units so small that every interval is a whole number of them. */
  @Property(tries = 300)
  void admitsWhatABucketOfTokensDoes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long period = 1_000_000 + random.nextLong(1_000_000_000);
    int burst = 1 + random.nextInt(20);
    long now = random.nextLong();
    RateBucket bucket = new RateBucket(new Rate(1, period), burst, now);
    long tokens = burst * period;
    for (int i = 0; i < 300; i++) {
      long longest = random.nextInt(4) == 0 ? period * 3 : period;
      long step = random.nextBoolean() ? 0 : random.nextLong(longest);
      now += step;
      tokens = Math.min(burst * period, tokens + step);
      boolean expected = tokens >= period;
      tokens -= expected ? period : 0;
      assertThat(bucket.tryTake(now)).isEqualTo(expected);
    }
  }

  @Test
  void threadsTogetherGetNoMoreThanBurstAndRate() {
    Rate rate = Rate.parse("100000/s");
    int burst = 500;
    AtomicLong clock = new AtomicLong(START);
    AtomicLong taken = new AtomicLong();
    RateBucket bucket = new RateBucket(rate, burst, START);
    Threads.run(
        4,
        thread -> {
          for (int i = 0; i < 200_000; i++) {
            if (bucket.tryTake(clock.addAndGet(1_000))) {
              taken.incrementAndGet();
            }
          }
        });
    long elapsed = clock.get() - START;
    assertThat(elapsed).isEqualTo(4 * 200_000 * 1_000L);
    long most = burst + elapsed / (SECOND / 100_000);
    // The last of them may have come with a time that was not the latest.
    assertThat(taken.get()).isBetween(most - 5, most);
  }
}
