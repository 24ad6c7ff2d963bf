package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.Condition;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
   * @param chosen what a rehearsal of the choice has come to, one after another
   * @param end what it has come to in the end
   * @param forecast what the algorithm says of those in rotation
   * @param limited whether the process takes no more connections
   */
  static Explanation of(
      Pool pool, List<Pick.Chosen> chosen, Pick end, Forecast forecast, boolean limited) {
    List<Candidate> candidates = new ArrayList<>();
    Set<Backend> named = new HashSet<>();
    for (Pick.Chosen each : chosen) {
      if (each.trial()) {
        candidates.add(new Candidate(each.backend(), 1, true));
      } else {
        named.add(each.backend());
      }
    }
    double rest = candidates.isEmpty() ? 1 : 0;
    forecast
        .among(named::contains)
        .order()
        .forEach(
            odds -> candidates.add(new Candidate(odds.backend(), odds.chance() * rest, false)));
    candidates.forEach(candidate -> named.add(candidate.backend()));
    List<LeftOut> leftOut =
        pool.backends().stream()
            .filter(backend -> !named.contains(backend))
            .map(backend -> new LeftOut(backend, condition(backend)))
            .toList();
    return new Explanation(candidates, leftOut, rejection(pool, candidates, end, limited));
  }

  /** The backend that is tried first, or is likeliest to be; null when there is none. */
  public @Nullable Backend first() {
    return rejection != null || candidates.isEmpty() ? null : candidates.get(0).backend();
  }

  /** Whether chance has no part in what is tried first. */
  public boolean isCertain() {
    return rejection != null || candidates.isEmpty() || candidates.get(0).chance() == 1;
  }

  private static Condition condition(Backend backend) {
    // Who has no candidate's place although it is in rotation and has weight, had no room.
    return Condition.of(backend, false);
  }

  /** Whether it would wait until a backend has room. */
  public boolean waits() {
    return candidates.isEmpty() && rejection == null;
  }

  private static @Nullable Rejection rejection(
      Pool pool, List<Candidate> candidates, Pick end, boolean limited) {
    if (limited) {
      return Rejection.LIMIT;
    }
    if (!candidates.isEmpty()) {
      return null;
    }
    if (end instanceof Pick.Wait wait) {
      boolean isFull = pool.stats().room().waiting() >= pool.rules().queue().max();
      return isFull ? wait.reason() : null;
    }
    return end instanceof Pick.Refused refused ? refused.reason() : null;
  }
}
