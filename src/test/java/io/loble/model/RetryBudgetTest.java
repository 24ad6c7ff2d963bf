package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** How many retries a pool gets, and how long it pauses before them. */
class RetryBudgetTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final RetryBudget budget = new RetryBudget();

  @Test
  void aPoolWithoutConnectionsHasThreeASecond() {
    assertThat(take(budget, 0.2, 0, 100)).isEqualTo(RetryBudget.LEAST);
    assertThat(budget.made()).isEqualTo(RetryBudget.LEAST);
    assertThat(budget.refused()).isEqualTo(100 - RetryBudget.LEAST);
  }

  @Test
  void aBusyPoolHasItsShare() {
    connect(budget, 1000, 0);
    assertThat(take(budget, 0.2, SECOND, 1000)).isEqualTo(200);
  }

  @Test
  void whatWasTenSecondsAgoIsForgotten() {
    connect(budget, 1000, 0);
    take(budget, 0.2, 0, 1000);
    assertThat(take(budget, 0.2, 9 * SECOND, 1)).isZero();
    assertThat(take(budget, 0.2, 10 * SECOND, 100)).isEqualTo(RetryBudget.LEAST);
  }

  @Test
  void timeMayBeginBelowZero() {
    long start = -5 * SECOND;
    connect(budget, 1000, start);
    assertThat(take(budget, 0.1, start + 9 * SECOND, 1000)).isEqualTo(100);
  }

  /** None is allowed beyond the share of the ten seconds before it, or 30. */
  @Property(tries = 200)
  void noWindowHasMoreThanItsShare(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 400) Integer> connections,
      @ForAll @DoubleRange(max = 1) double share) {
    RetryBudget fresh = new RetryBudget();
    List<Long> made = new ArrayList<>();
    for (int second = 0; second < connections.size(); second++) {
      connect(fresh, connections.get(second), second * SECOND);
      made.add(take(fresh, share, second * SECOND, 500));
      int from = Math.max(0, second - RetryBudget.WINDOW_SECONDS + 1);
      long recent =
          connections.subList(from, second + 1).stream().mapToLong(Integer::longValue).sum();
      long retried = made.subList(from, second + 1).stream().mapToLong(Long::longValue).sum();
      boolean none = made.get(second) == 0;
      assertThat(none || retried <= Math.max(RetryBudget.LEAST, (long) (share * recent))).isTrue();
    }
  }

  @Test
  void allCoresTogetherGetNoMore() throws Exception {
    int threads = 4;
    ExecutorService cores = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Long>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(
            cores.submit(
                () -> {
                  start.await();
                  connect(budget, 5_000, 0);
                  return take(budget, 0.0, 0, 5_000);
                }));
      }
      start.countDown();
      long all = 0;
      for (Future<Long> result : results) {
        all += result.get(30, TimeUnit.SECONDS);
      }
      assertThat(all).isEqualTo(RetryBudget.LEAST);
      assertThat(take(budget, 1.0, 0, 30_000)).isEqualTo(threads * 5_000 - RetryBudget.LEAST);
    } finally {
      cores.shutdownNow();
    }
  }

  @Test
  void pausesDoubleUpToASecond() {
    Retrying rules = new Retrying(16, Duration.ofMillis(100), 0.2);
    assertThat(List.of(0, 1, 2, 3, 4, 16))
        .map(rules::longestPauseMillis)
        .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
    assertThat(Retrying.upTo(3).longestPauseMillis(2)).isZero();
  }

  private static void connect(RetryBudget budget, int count, long nanos) {
    for (int i = 0; i < count; i++) {
      budget.connection(nanos);
    }
  }

  private static long take(RetryBudget budget, double share, long nanos, int asked) {
    long got = 0;
    for (int i = 0; i < asked; i++) {
      got += budget.tryRetry(share, nanos) ? 1 : 0;
    }
    return got;
  }
}
