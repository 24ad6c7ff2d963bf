package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.Turn;
import io.loble.model.TurnOrder;
import io.loble.model.Turns;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

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
    return new Candidates(turns.take());
  }

  @Override
  public Forecast forecast(ClientKey client) {
    return Forecast.certain(new Candidates(turns.peek()));
  }

  /** The backend whose turn it is, then the others in the order of their next turns. */
  private final class Candidates implements Iterator<Backend> {

    /**
     * So many stretches are looked through, which is a whole period of ten backends of any weights.
     */
    private static final int LOOK_AHEAD = 8;

    private static final boolean[] NONE = {};

    private final Turn turn;
    private TurnOrder order;
    private int position;
    private int stretchesLeft = LOOK_AHEAD;
    private int handedOut;
    private boolean[] seen = NONE;

    Candidates(Turn turn) {
      this.turn = turn;
      this.order = turn.order();
      this.position = turn.position();
    }

    @Override
    public boolean hasNext() {
      return handedOut < backends.size();
    }

    @Override
    public Backend next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int index = handedOut == 0 ? turn.index() : nextUnseen();
      handedOut++;
      return backends.get(index);
    }

    private int nextUnseen() {
      if (handedOut == 1) {
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
