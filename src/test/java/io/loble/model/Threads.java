package io.loble.model;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Does one thing on several threads that start together. */
final class Threads {

  private Threads() {}

  static void run(int count, Runnable action) {
    CyclicBarrier start = new CyclicBarrier(count);
    ExecutorService executor = Executors.newFixedThreadPool(count);
    try {
      List<CompletableFuture<Void>> running =
          Stream.generate(() -> CompletableFuture.runAsync(() -> run(start, action), executor))
              .limit(count)
              .toList();
      running.forEach(future -> future.orTimeout(30, TimeUnit.SECONDS).join());
    } finally {
      executor.shutdownNow();
    }
  }

  private static void run(CyclicBarrier start, Runnable action) {
    try {
      start.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the threads did not start", e);
    }
    action.run();
  }
}
