package io.loble.play;

import java.util.function.Function;

/**
 * What some value of some subject must be.
 *
 * @param subject a server, a run of clients, or the balancer
 */
record Claim(String subject, String name, Function<Sight, Object> value, Expectation expected) {

  Seen look(Stage stage, Picture now) {
    return new Seen(this, value.apply(stage.look(subject, now)));
  }

  @Override
  public String toString() {
    return subject + "." + name + " " + expected;
  }
}
