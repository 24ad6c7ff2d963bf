package io.loble.scenario;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients on several threads: each connects, asks and closes, over and over, until closed. */
final class Traffic implements AutoCloseable {

  private static final int THREADS = 4;
  private static final int MILLIS_BETWEEN = 5;

  private final int port;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
  private final AtomicInteger answered = new AtomicInteger();
  private final List<Failure> failures = new CopyOnWriteArrayList<>();

  /**
   * A connection that got no proper answer.
   *
   * @param startNanos when it began to connect
   */
  record Failure(long startNanos, String reason) {}

  Traffic(int port) {
    this.port = port;
    for (int i = 0; i < THREADS; i++) {
      threads.scheduleAtFixedRate(this::attempt, 0, MILLIS_BETWEEN, MILLISECONDS);
    }
  }

  private void attempt() {
    long start = System.nanoTime();
    try {
      Ask.forAck(port);
      answered.incrementAndGet();
    } catch (IOException e) {
      if (!threads.isShutdown()) {
        failures.add(new Failure(start, e.toString()));
      }
    }
  }

  int answered() {
    return answered.get();
  }

  List<Failure> failures() {
    return List.copyOf(failures);
  }

  /** Failures of the connections that began after that moment. */
  List<Failure> failuresSince(long nanos) {
    return failures.stream().filter(failure -> failure.startNanos() - nanos > 0).toList();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
