package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.PoolStats;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * The backend with the fewest active connections for its weight; among equals, whose turn it is, so
 * that idle backends share the load by weight too.
 */
final class LeastConnections implements Balancer {

  private final List<Backend> backends;
  private final PoolStats stats;
  private final SmoothSchedule schedule;

  LeastConnections(List<Backend> backends, PoolStats stats) {
    this.backends = backends;
    this.stats = stats;
    this.schedule = SmoothSchedule.of(backends);
  }

  @Override
  public Iterator<Backend> candidates(InetAddress client) {
    if (backends.isEmpty()) {
      return Collections.emptyIterator();
    }
    int[] turns = schedule.orderFrom(stats.nextTurn());
    double[] load = new double[turns.length];
    for (int i = 0; i < turns.length; i++) {
      Backend backend = backends.get(turns[i]);
      load[i] = (double) backend.stats().active() / backend.weight();
    }
    return new LowestFirst(Arrays.stream(turns).mapToObj(backends::get).toList(), load);
  }
}
