package io.loble.model;

/**
 * In which order backends take turns, without end: a stretch of turns that is worked out, and what
 * comes after it. Immutable.
 */
public interface TurnOrder {

  /** How many turns this stretch has, 1 or more. */
  int length();

  /**
   * The index of the backend whose turn it is.
   *
   * @param position of the turn in this stretch, from 0
   */
  int at(int position);

  /** The stretch after this one: the same turns each time it is asked for. */
  TurnOrder next();
}
