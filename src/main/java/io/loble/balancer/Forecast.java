package io.loble.balancer;

import io.loble.model.Backend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Which backends would be tried for a client, in order; where chance decides, the likelier first.
 *
 * @param order each backend that might be tried, once
 */
public record Forecast(List<Odds> order) {

  /**
   * How likely a backend is.
   *
   * @param chance the probability that it is tried first; all of them together are 1
   */
  public record Odds(Backend backend, double chance) {}

  public Forecast {
    order = List.copyOf(order);
  }

  /** Of an order that is settled. */
  static Forecast certain(Iterator<Backend> order) {
    List<Odds> odds = new ArrayList<>();
    order.forEachRemaining(backend -> odds.add(new Odds(backend, odds.isEmpty() ? 1 : 0)));
    return new Forecast(odds);
  }

  /** Of a draw in which each backend has a share by its weight. */
  static Forecast byWeight(List<Backend> backends) {
    double sum = backends.stream().mapToDouble(Backend::effectiveWeight).sum();
    return byChance(
        backends, backends.stream().mapToDouble(b -> b.effectiveWeight() / sum).toArray());
  }

  /**
   * Where chance decides.
   *
   * @param chances of each to be tried first
   */
  static Forecast byChance(List<Backend> backends, double[] chances) {
    return new Forecast(
        IntStream.range(0, chances.length)
            .mapToObj(i -> new Odds(backends.get(i), chances[i]))
            .sorted(Comparator.comparingDouble(Odds::chance).reversed())
            .toList());
  }

  /** The same when others are passed over: their chance falls to those that are left. */
  public Forecast among(Predicate<Backend> left) {
    List<Odds> rest = order.stream().filter(odds -> left.test(odds.backend())).toList();
    double sum = rest.stream().mapToDouble(Odds::chance).sum();
    if (sum == 0) {
      return certain(rest.stream().map(Odds::backend).iterator());
    }
    return new Forecast(
        rest.stream().map(odds -> new Odds(odds.backend(), odds.chance() / sum)).toList());
  }
}
