package io.loble.play;

import io.loble.testbed.BackendFigures;
import io.loble.testbed.BalancerFigures;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds up what the balancer's counters grow by from one look to the next. The sums never fall:
 * those of a backend that is removed stay as they were seen last, and one that is added again goes
 * on where it was.
 */
final class Tally {

  static final String ACCEPTED = "accepted";
  static final String REJECTED = "rejected";
  static final String CONNECTIONS = "connections";
  static final String FAILURES = "failures";

  private final Map<String, Long> last = new HashMap<>();
  private final Map<String, Long> sums = new HashMap<>();

  /** All that was counted up to these figures, which must be newer than those before. */
  Counts upTo(BalancerFigures now) {
    // Sums over listeners: where they fall, a listener is gone, and the others have not begun anew.
    grow(Observable.BALANCER, ACCEPTED, now.accepted(), 0);
    grow(Observable.BALANCER, REJECTED, now.rejected(), 0);
    for (BackendFigures backend : now.backends()) {
      grow(backend.name(), CONNECTIONS, backend.total(), backend.total());
      grow(backend.name(), FAILURES, backend.failures(), backend.failures());
    }
    return new Counts(sums);
  }

  /**
   * @param anew what is added where the counter has fallen
   */
  private void grow(String subject, String name, long now, long anew) {
    String key = Counts.key(subject, name);
    Long before = last.put(key, now);
    long from = before == null ? 0 : before;
    sums.merge(key, now >= from ? now - from : anew, Long::sum);
  }
}
