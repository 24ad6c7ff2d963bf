package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In which order those who wait get places, and that none is forgotten. */
class RoomQueueTest {

  private final RoomQueue<String> queue = new RoomQueue<>();
  private final Places places = new Places();
  private final List<Integer> served = new ArrayList<>();

  /** Places that are counted. */
  private static final class Places implements RoomQueue.Room<String> {

    private final AtomicInteger free = new AtomicInteger();

    @Override
    public @Nullable String take() {
      int now = free.get();
      while (now > 0) {
        if (free.compareAndSet(now, now - 1)) {
          return "place";
        }
        now = free.get();
      }
      return null;
    }

    @Override
    public void giveBack(String place) {
      free.incrementAndGet();
    }
  }

  @Test
  void theLongestWaitingIsNext() {
    for (int i = 0; i < 5; i++) {
      join(i);
    }
    free(2);
    assertThat(served).containsExactly(0, 1);
    free(3);
    assertThat(served).containsExactly(0, 1, 2, 3, 4);
    assertThat(queue.isAwaited()).isFalse();
  }

  @Test
  void noMoreWaitThanMay() {
    assertThat(queue.join(2, place -> {})).isNotNull();
    assertThat(queue.join(2, place -> {})).isNotNull();
    assertThat(queue.join(2, place -> {})).isNull();
    assertThat(queue.waiting()).isEqualTo(2);
  }

  @Test
  void whoHasLeftIsPassedOver() {
    RoomQueue<String>.Waiter first = join(0);
    RoomQueue<String>.Waiter second = join(1);
    assertThat(first.leave()).isTrue();
    free(1);
    assertThat(served).containsExactly(1);
    assertThat(second.leave()).isFalse();
  }

  @Test
  void aPlaceThatNobodyWantsIsGivenBack() {
    join(0).leave();
    free(1);
    assertThat(served).isEmpty();
    assertThat(places.free).hasValue(1);
  }

  @Test
  void manyThatCameAndLeftAreForgottenAndTheOneBehindThemIsServed() {
    for (int i = 0; i < 10_000; i++) {
      join(i).leave();
    }
    join(-1);
    free(1);
    assertThat(served).containsExactly(-1);
  }

  /** Whoever comes on whatever core: all are served, and each core's own in their order. */
  @Test
  void allCoresAreServedInOrder() throws Exception {
    int cores = 4;
    int each = 5_000;
    List<ConcurrentLinkedQueue<Integer>> got = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(2 * cores);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> work = new ArrayList<>();
    // One giver, so that the order in which turns are called is the order of the queue.
    for (int core = 0; core < cores; core++) {
      ConcurrentLinkedQueue<Integer> mine = new ConcurrentLinkedQueue<>();
      got.add(mine);
      work.add(
          threads.submit(
              () -> {
                start.await();
                for (int i = 0; i < each; i++) {
                  int number = i;
                  assertThat(queue.join(Integer.MAX_VALUE, place -> mine.add(number))).isNotNull();
                }
                return null;
              }));
    }
    start.countDown();
    for (int i = 0; i < cores * each; i++) {
      places.free.incrementAndGet();
      queue.handOut(places);
    }
    for (Future<?> done : work) {
      done.get(30, TimeUnit.SECONDS);
    }
    queue.handOut(places);
    for (ConcurrentLinkedQueue<Integer> mine : got) {
      assertThat(List.copyOf(mine)).hasSize(each).isSorted();
    }
    threads.shutdownNow();
  }

  /**
   * Places that come from many cores while others join and leave: none is lost, none is doubled.
   */
  @Test
  void noPlaceIsLostAndNobodyIsForgotten() throws Exception {
    int cores = 4;
    int each = 5_000;
    AtomicInteger gone = new AtomicInteger();
    AtomicInteger given = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(2 * cores);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> work = new ArrayList<>();
    for (int core = 0; core < cores; core++) {
      work.add(
          threads.submit(
              () -> {
                start.await();
                for (int i = 0; i < each; i++) {
                  RoomQueue<String>.Waiter waiter =
                      Objects.requireNonNull(
                          queue.join(Integer.MAX_VALUE, place -> given.incrementAndGet()));
                  queue.handOut(places);
                  if (i % 3 == 0 && waiter.leave()) {
                    gone.incrementAndGet();
                  }
                }
                return null;
              }));
      work.add(
          threads.submit(
              () -> {
                start.await();
                for (int i = 0; i < each; i++) {
                  places.free.incrementAndGet();
                  queue.handOut(places);
                }
                return null;
              }));
    }
    start.countDown();
    for (Future<?> done : work) {
      done.get(30, TimeUnit.SECONDS);
    }
    assertThat(given.get() + gone.get()).isEqualTo(cores * each);
    assertThat(places.free.get()).isEqualTo(gone.get());
    assertThat(queue.waiting()).isZero();
    threads.shutdownNow();
  }

  private RoomQueue<String>.Waiter join(int number) {
    return Objects.requireNonNull(queue.join(Integer.MAX_VALUE, place -> served.add(number)));
  }

  private void free(int count) {
    places.free.addAndGet(count);
    queue.handOut(places);
  }
}
