package io.loble.play;

import java.util.function.Function;

/**
 * Something that a scenario can look at.
 *
 * @param of a word or a number
 * @param sinceMark whether it counts from the last mark on
 */
record Value(Function<Sight, Object> of, boolean sinceMark) {

  static Value now(Function<Sight, Object> of) {
    return new Value(of, false);
  }

  static Value sinceMark(Function<Sight, Object> of) {
    return new Value(of, true);
  }
}
