package io.loble.config;

import java.time.Duration;

/**
 * How long a connection may wait for what. {@link Duration#ZERO} means no bound.
 *
 * @param connect for a backend to accept; never zero
 * @param idle without a byte either way
 * @param halfClosed without a byte after one side has closed
 * @param maxDuration from accept to end, at the most
 * @param maxDurationJitter by which share of itself {@code maxDuration} may be shorter for a
 *     connection, by chance, so that those that began together do not end together; 0 to 0.5
 * @param handshake for a handshake of TLS, with a client or with a backend; never zero
 * @param drain for open connections to finish when the process stops; zero closes them at once
 */
public record Timeouts(
    Duration connect,
    Duration idle,
    Duration halfClosed,
    Duration maxDuration,
    double maxDurationJitter,
    Duration handshake,
    Duration drain) {

  /** The jitter where the configuration does not say. */
  public static final double DEFAULT_JITTER = 0.1;

  /** The time for a handshake where the configuration does not say. */
  public static final Duration DEFAULT_HANDSHAKE = Duration.ofSeconds(10);

  /** Timeouts of a configuration that does not say how long a handshake may take. */
  public Timeouts(
      Duration connect,
      Duration idle,
      Duration halfClosed,
      Duration maxDuration,
      double maxDurationJitter,
      Duration drain) {
    this(connect, idle, halfClosed, maxDuration, maxDurationJitter, DEFAULT_HANDSHAKE, drain);
  }
}
