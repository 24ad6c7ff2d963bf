package io.loble.model;

/**
 * One turn of a pool.
 *
 * @param order the stretch of turns that it is in
 * @param position where in that stretch it is
 * @param number how many turns the pool has had before
 */
public record Turn(TurnOrder order, int position, long number) {

  /** The index of the backend whose turn it is. */
  public int index() {
    return order.at(position);
  }
}
