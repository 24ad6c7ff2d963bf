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
   * @param partial whether there may be more, which could not be looked up
   */
  record Found<T>(List<T> values, Duration ttl, boolean partial) implements Reply<T> {

    public Found {
      values = List.copyOf(values);
    }

    /** Everything that there is. */
    public Found(List<T> values, Duration ttl) {
      this(values, ttl, false);
    }

    /** The same, to which something is missing. */
    Found<T> inPart() {
      return new Found<>(values, ttl, true);
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
