package io.loble.access;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Does one thing on several threads that start together. */
final class Threads {

  private Threads() {}

  /**
   * @param action takes the number of its thread
   */
  static void run(int count, IntConsumer action) {
    CyclicBarrier start = new CyclicBarrier(count);
    ExecutorService executor = Executors.newFixedThreadPool(count);
    try {
      List<CompletableFuture<Void>> running =
          IntStream.range(0, count)
              .mapToObj(i -> CompletableFuture.runAsync(() -> run(start, i, action), executor))
              .toList();
      running.forEach(future -> future.orTimeout(60, TimeUnit.SECONDS).join());
    } finally {
      executor.shutdownNow();
    }
  }

  private static void run(CyclicBarrier start, int number, IntConsumer action) {
    try {
      start.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the threads did not start", e);
    }
    action.accept(number);
  }
}
