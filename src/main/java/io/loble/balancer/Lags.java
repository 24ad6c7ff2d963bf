package io.loble.balancer;

import io.loble.model.BackendStats;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * How far each backend is behind its share, in turns: what new turns begin with, so that neither
 * who was served lately nor who waits is forgotten when a weight changes.
 */
final class Lags {

  /** No backend has had a turn. */
  static final Lags NONE = new Lags(Map.of());

  private static final Lag NEUTRAL = new Lag(0, 0);

  private final Map<BackendStats, Lag> lags;

  private Lags(Map<BackendStats, Lag> lags) {
    this.lags = lags;
  }

  /**
   * @param turns negative for a backend that had more than its share
   * @param rank among those of the same weight, who is next
   */
  record Lag(double turns, int rank) {}

  /**
   * Those of some backends, taken over by others. The mean of those that stay becomes 0, which is
   * what backends have that are new.
   */
  static Lags of(Sharers before, Lag[] lags, Sharers now) {
    Map<BackendStats, Lag> known = new IdentityHashMap<>();
    for (int i = 0; i < lags.length; i++) {
      known.put(before.who(i), lags[i]);
    }
    Map<BackendStats, Lag> staying = new IdentityHashMap<>();
    double sum = 0;
    for (int i = 0; i < now.size(); i++) {
      Lag lag = known.get(now.who(i));
      if (lag != null) {
        staying.put(now.who(i), lag);
        sum += lag.turns();
      }
    }
    double mean = staying.isEmpty() ? 0 : sum / staying.size();
    staying.replaceAll((who, lag) -> new Lag(lag.turns() - mean, lag.rank()));
    return new Lags(staying);
  }

  Lag of(BackendStats backend) {
    return lags.getOrDefault(backend, NEUTRAL);
  }
}
