package io.loble.model;

import java.time.Duration;

/**
 * What the health of a pool wants of its clients' connections.
 *
 * @param trials whether backends that failed get trial connections, since they are not probed
 * @param earlyClose a backend that ends a connection within this time, without a byte, has not
 *     served it
 * @param latency whether it is measured when backends answer
 */
public record Observation(boolean trials, Duration earlyClose, boolean latency) {

  private static final Duration EARLY_CLOSE = Duration.ofMillis(50);

  /** Of a pool that does without everything but perhaps trials. */
  public static Observation of(boolean trials) {
    return new Observation(trials, EARLY_CLOSE, false);
  }
}
