package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.Turn;
import io.loble.model.Turns;
import java.util.Iterator;
import java.util.List;

/**
 * The backend with the lowest load; among equals the one whose turn it is, so that idle backends
 * share the load by weight too.
 */
final class LeastLoaded implements Balancer {

  private final List<Backend> backends;
  private final Turns turns;
  private final LoadSignal load;

  /**
   * @param backends one or more, all of them in rotation
   */
  LeastLoaded(List<Backend> backends, Turns turns, LoadSignal load) {
    this.backends = backends;
    this.turns = turns;
    this.load = load;
  }

  @Override
  public Iterator<Backend> candidates(ClientKey client) {
    return new Candidates(turns.take(), client);
  }

  @Override
  public Forecast forecast(ClientKey client) {
    return Forecast.certain(new Candidates(turns.peek(), client));
  }

  private final class Candidates extends LowestFirst {

    private final Turn turn;
    private final ClientKey client;

    Candidates(Turn turn, ClientKey client) {
      super(backends);
      this.turn = turn;
      this.client = client;
    }

    @Override
    double score(int index) {
      return load.of(backends.get(index), client);
    }

    @Override
    int favourite() {
      return turn.index();
    }

    @Override
    int start() {
      return (int) Long.remainderUnsigned(turn.number(), backends.size());
    }
  }
}
