package io.loble.play;

import java.time.Duration;
import java.util.Optional;

/**
 * What some value of some subject must be.
 *
 * @param subject a server, a pool, a run of clients, or the balancer
 */
record Claim(String subject, String name, Value value, Expectation expected) {

  Seen look(Stage stage, Picture now) {
    Optional<Duration> since = value.sinceMark() ? stage.markedAt() : Optional.empty();
    return new Seen(this, value.of().apply(stage.look(subject, now)), since);
  }

  @Override
  public String toString() {
    return subject + "." + name + " " + expected;
  }
}
