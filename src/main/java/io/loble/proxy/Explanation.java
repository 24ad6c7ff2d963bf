package io.loble.proxy;

import io.loble.balancer.Forecast;
import io.loble.model.Backend;
import io.loble.model.Condition;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client would get if it connected now.
 *
 * @param candidates the backends that would be tried, in order; where chance decides, the likelier
 *     first
 * @param leftOut the others of the pool
 * @param rejection why it would be turned away at once; null when it would not
 */
public record Explanation(
    List<Candidate> candidates, List<LeftOut> leftOut, @Nullable Rejection rejection) {

  /**
   * A backend that would be tried.
   *
   * @param chance the probability that it is tried first
   * @param trial whether it is out of rotation, and the connection is to show how it does
   */
  public record Candidate(Backend backend, double chance, boolean trial) {}

  /** A backend that would not be tried. */
  public record LeftOut(Backend backend, Condition condition) {}

  public Explanation {
    candidates = List.copyOf(candidates);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * @param trial the backend that would get the connection on trial
   * @param forecast what the balancer says of those in rotation
   * @param limited whether the process takes no more connections
   */
  static Explanation of(Pool pool, @Nullable Backend trial, Forecast forecast, boolean limited) {
    List<Candidate> candidates = new ArrayList<>();
    if (trial != null && hasRoom(trial)) {
      candidates.add(new Candidate(trial, 1, true));
    }
    double rest = candidates.isEmpty() ? 1 : 0;
    forecast
        .among(Explanation::hasRoom)
        .order()
        .forEach(
            odds -> candidates.add(new Candidate(odds.backend(), odds.chance() * rest, false)));
    List<LeftOut> leftOut =
        pool.backends().stream()
            .filter(backend -> candidates.stream().noneMatch(c -> c.backend().equals(backend)))
            .map(backend -> new LeftOut(backend, condition(backend)))
            .toList();
    return new Explanation(candidates, leftOut, rejection(candidates, leftOut, limited));
  }

  /** The backend that is tried first, or is likeliest to be; null when there is none. */
  public @Nullable Backend first() {
    return rejection == null ? candidates.get(0).backend() : null;
  }

  /** Whether chance has no part in what is tried first. */
  public boolean isCertain() {
    return rejection != null || candidates.get(0).chance() == 1;
  }

  private static boolean hasRoom(Backend backend) {
    return backend.stats().hasRoom(backend.maxConnections());
  }

  private static Condition condition(Backend backend) {
    return Condition.of(backend.mode(), backend.state(), backend.weight(), hasRoom(backend));
  }

  private static @Nullable Rejection rejection(
      List<Candidate> candidates, List<LeftOut> leftOut, boolean limited) {
    if (limited) {
      return Rejection.LIMIT;
    }
    if (!candidates.isEmpty()) {
      return null;
    }
    boolean full = leftOut.stream().anyMatch(left -> left.condition() == Condition.FULL);
    return full ? Rejection.BACKENDS_FULL : Rejection.NO_BACKEND;
  }
}
