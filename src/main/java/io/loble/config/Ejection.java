package io.loble.config;

import java.time.Duration;

/**
 * When a backend is taken out of rotation for how it does with clients, and for how long.
 *
 * @param consecutiveFailures so many failed connections in a row, 1 or more
 * @param earlyClose so many connections in a row that it ended without a byte, 1 or more
 * @param earlyCloseTime within this time
 * @param successRate when it succeeds less often than the others
 * @param slow when it takes so many times the pool's median to answer; 0 for never
 * @param interval how often backends are compared
 * @param baseTime how long it is out for the first time; longer with each time
 * @param maxTime how long at the most
 * @param maxShare the share of a pool that may be out at once, 0 to 1; one always may
 */
public record Ejection(
    boolean enabled,
    int consecutiveFailures,
    int earlyClose,
    Duration earlyCloseTime,
    SuccessRate successRate,
    double slow,
    Duration interval,
    Duration baseTime,
    Duration maxTime,
    double maxShare) {

  /** No backend is ejected. */
  public static final Ejection OFF =
      new Ejection(
          false,
          5,
          10,
          Duration.ofMillis(50),
          new SuccessRate(20, 1.9),
          0,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          0.5);

  /**
   * How far a backend may succeed less often than the others.
   *
   * @param minimumConnections those with fewer in an interval are not compared, 1 or more
   * @param standardDeviations by which it may be below the mean
   */
  public record SuccessRate(int minimumConnections, double standardDeviations) {}

  /** Whether it depends on how long backends take to answer. */
  public boolean needsLatency() {
    return enabled && slow > 0;
  }
}
