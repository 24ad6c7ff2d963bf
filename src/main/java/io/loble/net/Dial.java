package io.loble.net;

/** A connect that is under way. */
@FunctionalInterface
public interface Dial {

  /**
   * Its result is of no use any more. What came of it is told all the same: at once and as a
   * failure where the transport can give a connect up, else when it ends.
   */
  void cancel();
}
