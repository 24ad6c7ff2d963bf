package io.loble.net.dns;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a name after it was looked up.
 *
 * @param <T> what was looked for
 */
public sealed interface Reply<T> {

  /**
   * The name has these.
   *
   * @param values at least one, all different
   * @param ttl how long that is good for; zero if it may not be kept
   */
  record Found<T>(List<T> values, Duration ttl) implements Reply<T> {

    public Found {
      values = List.copyOf(values);
    }
  }

  /**
   * The name exists, and has none.
   *
   * @param ttl how long that is good for, where the name server says it
   */
  record Nothing<T>(Optional<Duration> ttl) implements Reply<T> {}

  /**
   * The name does not exist.
   *
   * @param ttl how long that is good for, where the name server says it
   */
  record NoSuchName<T>(Optional<Duration> ttl) implements Reply<T> {}

  /**
   * It could not be looked up.
   *
   * @param why in words
   * @param silent whether not even one name server has answered anything
   */
  record Failed<T>(String why, boolean silent) implements Reply<T> {}
}
