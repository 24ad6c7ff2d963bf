package io.loble.balancer;

import io.loble.model.Admission;
import io.loble.model.Backend;
import io.loble.model.Turn;
import io.loble.model.Turns;
import java.util.Iterator;
import java.util.List;

/**
 * The backend with the fewest active connections for its weight; among equals the one whose turn it
 * is, so that idle backends share the connections by weight too.
 *
 * <p>A backend that has far fewer than the others, since it has just come back, would get every new
 * connection at once. Those that are far below the average get at most every second turn between
 * them, over all cores.
 */
final class LeastConnections implements Balancer {

  /** Far below has so many fewer than the average, and less than half of it. */
  private static final int FAR_FEWER = 16;

  private final List<Backend> backends;
  private final Turns turns;
  private final Admission[] admissions;
  private final double[] weights;

  /** What a connection adds to the load of each. */
  private final double[] loads;

  private final double allWeights;

  /**
   * @param backends one or more, all of them in rotation
   */
  LeastConnections(List<Backend> backends, Turns turns) {
    this.backends = backends;
    this.turns = turns;
    this.admissions =
        backends.stream().map(backend -> backend.stats().admission()).toArray(Admission[]::new);
    this.weights = backends.stream().mapToDouble(Backend::effectiveWeight).toArray();
    this.loads = backends.stream().mapToDouble(backend -> 1 / backend.effectiveWeight()).toArray();
    this.allWeights = backends.stream().mapToDouble(Backend::effectiveWeight).sum();
  }

  @Override
  public Iterator<Backend> candidates(ClientKey client) {
    return new ByLoad(turns.take());
  }

  @Override
  public Forecast forecast(ClientKey client) {
    return Forecast.certain(new ByLoad(turns.peek()));
  }

  private final class ByLoad extends LowestFirst {

    private final Turn turn;
    private long sum;

    ByLoad(Turn turn) {
      super(backends);
      this.turn = turn;
    }

    @Override
    double score(int index) {
      return admissions[index].active() * loads[index];
    }

    @Override
    int favourite() {
      return turn.index();
    }

    @Override
    int start() {
      return (int) Long.remainderUnsigned(turn.number(), backends.size());
    }

    @Override
    int lowest() {
      int start = start();
      int best = lowest(0, start, lowest(start, admissions.length, favourite()));
      return (turn.number() & 1) == 1 && isFarBelow(best) ? lowestOfTheOthers(best) : best;
    }

    /** One pass over plain arrays, since it is made for each connection. */
    private int lowest(int from, int to, int first) {
      Admission[] all = admissions;
      double[] perConnection = loads;
      int best = first;
      double lowest = score(first);
      long seen = 0;
      for (int i = from; i < to; i++) {
        int now = all[i].active();
        double score = now * perConnection[i];
        seen += now;
        if (score < lowest) {
          best = i;
          lowest = score;
        }
      }
      sum += seen;
      return best;
    }

    private boolean isFarBelow(int index) {
      double share = sum * weights[index] / allWeights;
      int now = admissions[index].active();
      return now < share / 2 && share - now >= FAR_FEWER;
    }

    private int lowestOfTheOthers(int lowest) {
      int best = lowest;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < admissions.length; i++) {
        int index = (start() + i) % admissions.length;
        double score = score(index);
        if (score < least && !isFarBelow(index)) {
          best = index;
          least = score;
        }
      }
      return best;
    }
  }
}
