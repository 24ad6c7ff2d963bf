package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.Turn;
import io.loble.model.Turns;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The backend with the lowest load; among equals the one whose turn it is, so that idle backends
 * share the load by weight too. For signals that take long to read, in small pools.
 */
final class LeastLoaded implements Balancer {

  private final List<Backend> backends;
  private final Turns turns;
  private final LoadSignal load;
  private final LongSupplier clock;

  /**
   * @param backends one or more, all of them in rotation
   * @param clock as {@link System#nanoTime}
   */
  LeastLoaded(List<Backend> backends, Turns turns, LoadSignal load, LongSupplier clock) {
    this.backends = backends;
    this.turns = turns;
    this.load = load;
    this.clock = clock;
  }

  @Override
  public Iterator<Backend> candidates(ClientKey client) {
    return new ByLoad(turns.take(), clock.getAsLong());
  }

  @Override
  public Forecast forecast(ClientKey client) {
    return Forecast.certain(new ByLoad(turns.peek(), clock.getAsLong()));
  }

  private final class ByLoad extends LowestFirst {

    private final Turn turn;
    private final long now;

    ByLoad(Turn turn, long now) {
      super(backends);
      this.turn = turn;
      this.now = now;
    }

    @Override
    double score(int index) {
      return load.of(backends.get(index), now);
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
