package io.loble.play;

import io.loble.testbed.BackendFigures;
import io.loble.testbed.BalancerFigures;
import io.loble.testbed.PoolFigures;
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
  static final String EJECTIONS = "ejections";
  static final String CIRCUIT_OPENINGS = "circuit_openings";
  static final String RETRIES = "retries";
  static final String RETRIES_REFUSED = "retries_refused";
  static final String QUEUE_TIMEOUTS = "queue_timeouts";

  private final Map<String, Long> last = new HashMap<>();
  private final Map<String, Long> sums = new HashMap<>();

  /** All that was counted up to these figures, which must be newer than those before. */
  Counts upTo(BalancerFigures now) {
    // Sums over listeners: where they fall, a listener is gone, and the others have not begun anew.
    grow(Observable.BALANCER, ACCEPTED, now.accepted(), 0);
    grow(Observable.BALANCER, REJECTED, now.rejected(), 0);
    now.rejectedBy()
        .forEach((reason, count) -> grow(Observable.BALANCER, rejected(reason), count, 0));
    now.pools().forEach(this::growPool);
    now.backends().forEach(this::growBackend);
    return new Counts(sums);
  }

  /** What counts those that were turned away for that reason. */
  static String rejected(String reason) {
    return REJECTED + "_" + reason;
  }

  private void growPool(PoolFigures pool) {
    String subject = Counts.pool(pool.name());
    grow(subject, RETRIES, pool.retries());
    grow(subject, RETRIES_REFUSED, pool.retriesRefused());
    grow(subject, QUEUE_TIMEOUTS, pool.queueTimeouts());
  }

  /** What was given to a backend is its pool's as well, also when the backend is gone. */
  private void growBackend(BackendFigures backend) {
    String pool = Counts.pool(backend.pool());
    add(pool, CONNECTIONS, grow(backend.name(), CONNECTIONS, backend.total()));
    add(pool, FAILURES, grow(backend.name(), FAILURES, backend.failures()));
    grow(backend.name(), EJECTIONS, backend.ejections());
    grow(backend.name(), CIRCUIT_OPENINGS, backend.circuitOpenings());
  }

  /** A counter that has fallen has begun anew. */
  private long grow(String subject, String name, long now) {
    return grow(subject, name, now, now);
  }

  /**
   * @param anew what is added where the counter has fallen
   * @return what is added
   */
  private long grow(String subject, String name, long now, long anew) {
    String key = Counts.key(subject, name);
    Long before = last.put(key, now);
    long from = before == null ? 0 : before;
    return add(subject, name, now >= from ? now - from : anew);
  }

  private long add(String subject, String name, long more) {
    sums.merge(Counts.key(subject, name), more, Long::sum);
    return more;
  }
}
