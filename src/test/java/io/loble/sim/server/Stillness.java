package io.loble.sim.server;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Waits until a counter that has begun to rise no longer does. */
final class Stillness {

  private static final Duration STILL = Duration.ofMillis(300);

  private Stillness() {}

  static void of(LongSupplier counter) {
    AtomicLong last = new AtomicLong();
    await()
        .atMost(Duration.ofSeconds(20))
        .during(STILL)
        .until(
            () -> {
              long now = counter.getAsLong();
              return now > 0 && last.getAndSet(now) == now;
            });
  }
}
