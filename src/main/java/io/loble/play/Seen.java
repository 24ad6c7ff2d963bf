package io.loble.play;

import java.time.Duration;
import java.util.Optional;

/**
 * What was seen of a claim.
 *
 * @param since the mark from which on it counts, by the scenario's clock; empty when it counts from
 *     the start, or does not count
 */
record Seen(Claim claim, Object seen, Optional<Duration> since) {

  boolean holds() {
    return claim.expected().holds(seen);
  }

  /** What it is. */
  String value() {
    return claim.subject() + "." + claim.name() + " " + text() + since.map(Seen::since).orElse("");
  }

  /** What it is, and should be. */
  String complaint() {
    return value() + ", expected " + claim.expected();
  }

  private static String since(Duration mark) {
    return " (since the mark at " + Text.seconds(mark) + " s)";
  }

  private String text() {
    return seen instanceof Number number ? Text.of(number.doubleValue()) : seen.toString();
  }
}
