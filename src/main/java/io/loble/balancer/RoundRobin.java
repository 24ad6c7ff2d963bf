package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.PoolStats;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Each backend in its turn, by weight, exact over all cores. */
final class RoundRobin implements Balancer {

  private final List<Backend> backends;
  private final PoolStats stats;
  private final SmoothSchedule schedule;

  RoundRobin(List<Backend> backends, PoolStats stats) {
    this.backends = backends;
    this.stats = stats;
    this.schedule = SmoothSchedule.of(backends);
  }

  @Override
  public Iterator<Backend> candidates(InetAddress client) {
    return backends.isEmpty() ? Collections.emptyIterator() : new Turns(stats.nextTurn());
  }

  @Override
  public Forecast forecast(InetAddress client) {
    return Forecast.certain(new Turns(stats.turn()));
  }

  private final class Turns implements Iterator<Backend> {

    private final long turn;
    private int next;
    private int[] order = {};

    Turns(long turn) {
      this.turn = turn;
    }

    @Override
    public boolean hasNext() {
      return next < backends.size();
    }

    @Override
    public Backend next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (next == 0) {
        next = 1;
        return backends.get(schedule.at(turn));
      }
      if (order.length == 0) {
        order = schedule.orderFrom(turn);
      }
      return backends.get(order[next++]);
    }
  }
}
