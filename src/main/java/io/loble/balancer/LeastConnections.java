package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.PoolStats;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * The backend with the fewest active connections for its weight; among equals the one whose turn it
 * is, so that idle backends share the load by weight too.
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
    return backends.isEmpty() ? Collections.emptyIterator() : atTurn(stats.nextTurn());
  }

  @Override
  public Forecast forecast(InetAddress client) {
    return Forecast.certain(
        backends.isEmpty() ? Collections.emptyIterator() : atTurn(stats.turn()));
  }

  private Iterator<Backend> atTurn(long turn) {
    int first = schedule.at(turn);
    List<Backend> order = new ArrayList<>(backends.size());
    order.add(backends.get(first));
    int start = (int) Long.remainderUnsigned(turn, backends.size());
    for (int i = 0; i < backends.size(); i++) {
      int index = (start + i) % backends.size();
      if (index != first) {
        order.add(backends.get(index));
      }
    }
    double[] load = new double[order.size()];
    for (int i = 0; i < load.length; i++) {
      load[i] = (double) order.get(i).stats().admission().active() / order.get(i).weight();
    }
    return new LowestFirst(order, load);
  }
}
