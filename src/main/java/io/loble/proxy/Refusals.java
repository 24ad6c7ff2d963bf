package io.loble.proxy;

import io.loble.access.TopNetworks;
import io.loble.access.TopNetworks.Count;
import io.loble.model.ListenerStats;
import io.loble.model.Rejection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clients that a listener has refused, of all its event loops: which networks they came from,
 * and what a minute of them comes to. May be used from any thread.
 */
final class Refusals {

  /**
   * The reasons for which a client is refused for what it is or says, or for what there is too much
   * of; those that are the backends' are not among them.
   */
  static final Set<Rejection> REASONS =
      Collections.unmodifiableSet(
          EnumSet.of(
              Rejection.DENIED,
              Rejection.RATE,
              Rejection.CLIENT_LIMIT,
              Rejection.CLIENT_RATE,
              Rejection.LISTENER_LIMIT,
              Rejection.OVERLOAD,
              Rejection.NO_ROUTE,
              Rejection.BAD_PREFACE,
              Rejection.TLS));

  /** By then all event loops have published what they have counted. */
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final int MOST_SUMMED = 10;

  /** There are no more than event loops of a Vert.x instance. */
  private final ConcurrentMap<Thread, RefusedNetworks> loops = new ConcurrentHashMap<>();

  private final AtomicLong summedUp =
      new AtomicLong(RefusedNetworks.minuteOf(System.nanoTime()) - 1);
  private final Map<Rejection, Long> counted = new EnumMap<>(Rejection.class);

  /**
   * What was refused in a minute.
   *
   * @param reasons how often for each reason, of those that there were
   * @param networks from which most came, the most frequent first
   */
  record Summary(Map<Rejection, Long> reasons, List<Count> networks) {

    long total() {
      return reasons.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Where the event loop that calls this counts. */
  RefusedNetworks ofThisLoop() {
    return loops.computeIfAbsent(Thread.currentThread(), thread -> new RefusedNetworks());
  }

  /** The networks refused most often in the running minute and in the one before it. */
  List<Count> topNetworks(int most, long nowNanos) {
    long minute = RefusedNetworks.minuteOf(nowNanos);
    List<List<Count>> all = new ArrayList<>();
    loops
        .values()
        .forEach(
            loop -> {
              all.add(loop.of(minute));
              all.add(loop.of(minute - 1));
            });
    return TopNetworks.merge(all, most);
  }

  /**
   * What the last minute came to, for the first event loop that asks after its end; nothing when
   * none was refused in it.
   */
  Optional<Summary> summary(ListenerStats stats, long nowNanos) {
    long last = RefusedNetworks.minuteOf(nowNanos - LATE_NANOS) - 1;
    long before = summedUp.get();
    if (last - before <= 0 || !summedUp.compareAndSet(before, last)) {
      return Optional.empty();
    }
    Map<Rejection, Long> reasons = sinceLastTime(stats);
    if (reasons.isEmpty()) {
      return Optional.empty();
    }
    List<List<Count>> all = loops.values().stream().map(loop -> loop.of(last)).toList();
    return Optional.of(new Summary(reasons, TopNetworks.merge(all, MOST_SUMMED)));
  }

  private synchronized Map<Rejection, Long> sinceLastTime(ListenerStats stats) {
    Map<Rejection, Long> grown = new EnumMap<>(Rejection.class);
    for (Rejection reason : REASONS) {
      long total = stats.rejectedTotal(reason);
      Long before = counted.put(reason, total);
      long more = total - (before == null ? 0 : before);
      if (more > 0) {
        grown.put(reason, more);
      }
    }
    return grown;
  }
}
