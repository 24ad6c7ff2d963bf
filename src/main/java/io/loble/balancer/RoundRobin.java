package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.Turn;
import io.loble.model.TurnOrder;
import io.loble.model.Turns;
import java.util.Iterator;
import java.util.List;

/** Each backend in its turn, by weight, exact over all cores. */
final class RoundRobin implements Balancer {

  private final List<Backend> backends;
  private final Turns turns;

  /**
   * @param backends one or more, all of them in rotation
   */
  RoundRobin(List<Backend> backends, Turns turns) {
    this.backends = backends;
    this.turns = turns;
  }

  @Override
  public Iterator<Backend> candidates(ClientKey client) {
    return new ByTurn(turns.take());
  }

  @Override
  public Forecast forecast(ClientKey client) {
    return Forecast.certain(new ByTurn(turns.peek()));
  }

  /** The backend whose turn it is, then the others in the order of their next turns. */
  private final class ByTurn extends Candidates {

    /**
     * So many stretches are looked through, which is a whole period of ten backends of any weights.
     */
    private static final int LOOK_AHEAD = 8;

    private static final boolean[] NONE = {};

    private final Turn turn;
    private TurnOrder order;
    private int position;
    private int stretchesLeft = LOOK_AHEAD;
    private boolean[] seen = NONE;

    ByTurn(Turn turn) {
      super(backends);
      this.turn = turn;
      this.order = turn.order();
      this.position = turn.position();
    }

    @Override
    int first() {
      return turn.index();
    }

    @Override
    int another() {
      if (seen.length == 0) {
        seen = new boolean[backends.size()];
        seen[turn.index()] = true;
      }
      int index = nextTurn();
      while (seen[index]) {
        index = nextTurn();
      }
      seen[index] = true;
      return index;
    }

    /** Whose turn is next; all in a row when turns have been looked through for long enough. */
    private int nextTurn() {
      position++;
      if (stretchesLeft > 0 && position == order.length()) {
        position = 0;
        stretchesLeft--;
        if (stretchesLeft > 0) {
          order = order.next();
        }
      }
      return stretchesLeft > 0
          ? order.at(position)
          : (int) Long.remainderUnsigned(turn.number() + position, backends.size());
    }
  }
}
