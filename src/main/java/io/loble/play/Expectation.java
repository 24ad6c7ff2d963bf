package io.loble.play;

/** What some value must be. */
sealed interface Expectation {

  boolean holds(Object seen);

  /** A word. */
  record Word(String word) implements Expectation {

    @Override
    public boolean holds(Object seen) {
      return word.equals(seen);
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** A number, both ends included. */
  record Range(double min, double max) implements Expectation {

    @Override
    public boolean holds(Object seen) {
      return seen instanceof Number number
          && number.doubleValue() >= min
          && number.doubleValue() <= max;
    }

    @Override
    public String toString() {
      if (min == max) {
        return Text.of(min);
      }
      if (min == Double.NEGATIVE_INFINITY) {
        return "at most " + Text.of(max);
      }
      return max == Double.POSITIVE_INFINITY
          ? "at least " + Text.of(min)
          : Text.of(min) + " to " + Text.of(max);
    }
  }
}
