package io.loble.config;

import java.time.Duration;

/**
 * When connections to a backend are given up for a while, since most of them fail.
 *
 * @param failureRate the share of failures that opens it, above 0 and at most 1
 * @param window among so many connections, 1 or more
 * @param openTime how long it stays open
 * @param halfOpenConnections so many are tried then, and all have to succeed for it to close
 */
public record Circuit(
    boolean enabled, double failureRate, int window, Duration openTime, int halfOpenConnections) {

  /** Circuits stay closed. */
  public static final Circuit OFF = new Circuit(false, 0.5, 20, Duration.ofSeconds(10), 1);
}
