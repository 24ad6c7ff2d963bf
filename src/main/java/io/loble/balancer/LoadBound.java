package io.loble.balancer;

import io.loble.balancer.Forecast.Odds;
import io.loble.model.Backend;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The most connections that backends of a pool may have: a multiple of the average for their
 * weight. V. Mirrokni, M. Thorup and M. Zadimoghaddam, "Consistent Hashing with Bounded Loads"
 * (SODA 2018).
 *
 * @param backends those in rotation
 * @param factor 1 or more
 * @param weights the sum of theirs
 */
record LoadBound(List<Backend> backends, double factor, double weights) {

  /** So that 1.1 times 10 is 11, not 12. */
  private static final double ROUNDING = 1e-9;

  static LoadBound of(List<Backend> backends, double factor) {
    double weights = backends.stream().mapToDouble(Backend::effectiveWeight).sum();
    return new LoadBound(backends, factor, weights);
  }

  /** The connections of all together. */
  long total() {
    long total = 0;
    for (Backend backend : backends) {
      total += active(backend);
    }
    return total;
  }

  /**
   * The most that a backend may have. All together it is as much as there are connections, so that
   * there is always one below it.
   *
   * @param total the connections of all together, with the one that is to be placed
   */
  int most(Backend backend, long total) {
    return (int)
        Math.min(
            Integer.MAX_VALUE,
            Math.ceil(factor * total * backend.effectiveWeight() / weights - ROUNDING));
  }

  /** In the order of a forecast, but those first that may have one more. */
  Forecast first(Forecast forecast) {
    long total = total() + 1;
    Predicate<Backend> hasRoom = backend -> isBelow(backend, total);
    List<Backend> order = forecast.order().stream().map(Odds::backend).toList();
    return Forecast.certain(
        Stream.concat(order.stream().filter(hasRoom), order.stream().filter(hasRoom.negate()))
            .iterator());
  }

  /** The same, when it is known who may have one more: their chances are those of the others. */
  Forecast among(Forecast forecast) {
    long total = total() + 1;
    Forecast below = forecast.among(backend -> isBelow(backend, total));
    return below.order().isEmpty() ? forecast : below;
  }

  /** Whether a backend may have one more. */
  boolean isBelow(Backend backend, long total) {
    return active(backend) < most(backend, total);
  }

  private static int active(Backend backend) {
    return backend.stats().admission().active();
  }
}
