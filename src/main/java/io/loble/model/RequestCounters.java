package io.loble.model;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The requests of HTTP of a listener, a pool or a backend. Where there are none it takes next to no
 * memory. Every method may be called from any thread; none locks.
 */
public final class RequestCounters {

  /** The class of answers that were not given: the client was gone, or the backend was cut off. */
  public static final int NONE = 0;

  /** The highest class of statuses. */
  public static final int MOST = 5;

  private final AtomicReference<@Nullable Counts> counts = new AtomicReference<>();

  private static final class Counts {
    private final LongAdder[] byClass = new LongAdder[MOST + 1];
    private final Histogram seconds = Histogram.ofRequests();

    Counts() {
      for (int i = 0; i < byClass.length; i++) {
        byClass[i] = new LongAdder();
      }
    }
  }

  /**
   * Counts one that is over.
   *
   * @param status that it was answered with; 0 when it was not
   * @param nanos from its head to the end of its answer
   */
  public void count(int status, long nanos) {
    Counts known = counts.get();
    Counts those = known == null ? begin() : known;
    those.byClass[Math.min(MOST, Math.max(NONE, status / 100))].increment();
    those.seconds.recordNanos(nanos);
  }

  private Counts begin() {
    Counts fresh = new Counts();
    Counts before = counts.compareAndExchange(null, fresh);
    return before == null ? fresh : before;
  }

  /** Whether there was any. */
  public boolean isUsed() {
    return counts.get() != null;
  }

  /**
   * How many were answered with a status of a class.
   *
   * @param statusClass 1 to 5, or {@link #NONE}
   */
  public long total(int statusClass) {
    Counts known = counts.get();
    return known == null ? 0 : known.byClass[statusClass].sum();
  }

  /** How many there were. */
  public long total() {
    long sum = 0;
    for (int each = NONE; each <= MOST; each++) {
      sum += total(each);
    }
    return sum;
  }

  /** How long they took, as far as they are counted now; only to be read. */
  public Histogram seconds() {
    Counts known = counts.get();
    return known == null ? Histogram.ofRequests() : known.seconds;
  }

  /**
   * What a class is called where counters are shown: {@code 1xx} to {@code 5xx}, or {@code none}.
   */
  public static String label(int statusClass) {
    return statusClass == NONE ? "none" : statusClass + "xx";
  }
}
