package io.loble.history;

import io.loble.model.Rejection;
import java.util.Arrays;
import java.util.List;

/**
 * What happened to one thing, or to several together, in some time: how much its counters grew, and
 * how high its levels were.
 */
final class Amounts {

  /** Counters, by their place. */
  static final int ACCEPTED = 0;

  static final int CONNECTIONS = 1;
  static final int FAILURES = 2;
  static final int BYTES_TO_BACKEND = 3;
  static final int BYTES_TO_CLIENT = 4;
  static final int REQUESTS = 5;
  static final int FAILED_REQUESTS = 6;

  /** Behind them one for each reason. */
  private static final int REJECTED = 7;

  private static final List<Rejection> REASONS = List.of(Rejection.values());

  private final long[] counters = new long[REJECTED + REASONS.size()];
  private final Spread connects = new Spread();
  private final Spread lags = new Spread();
  private final Spread requests = new Spread();
  private boolean balancesRequests;
  private double seconds;
  private long active;
  private long usable;
  private long backends;

  void clear() {
    Arrays.fill(counters, 0);
    connects.clear();
    lags.clear();
    requests.clear();
    balancesRequests = false;
    seconds = 0;
    active = 0;
    usable = 0;
    backends = 0;
  }

  /** Takes in another thing, in the same time. */
  void include(Amounts other) {
    grow(other);
    active += other.active;
    usable += other.usable;
    backends += other.backends;
  }

  /** Takes in the same thing, in the time that follows: of levels the one that matters stays. */
  void extend(Amounts next) {
    boolean first = seconds == 0;
    grow(next);
    seconds += next.seconds;
    active = Math.max(active, next.active);
    usable = first ? next.usable : Math.min(usable, next.usable);
    backends = Math.max(backends, next.backends);
  }

  private void grow(Amounts other) {
    for (int i = 0; i < counters.length; i++) {
      counters[i] += other.counters[i];
    }
    connects.add(other.connects);
    lags.add(other.lags);
    requests.add(other.requests);
    balancesRequests |= other.balancesRequests;
  }

  /** Whether no time was observed. */
  boolean isEmpty() {
    return seconds == 0;
  }

  /** Says how much time this is about. */
  void over(double observedSeconds) {
    seconds = observedSeconds;
  }

  /** The counter of clients that were turned away for that reason. */
  static int rejected(Rejection reason) {
    return REJECTED + REASONS.indexOf(reason);
  }

  void count(int counter, long grown) {
    counters[counter] += grown;
  }

  /** How long connects took that succeeded. */
  Spread connects() {
    return connects;
  }

  /** How late event loops were. */
  Spread lags() {
    return lags;
  }

  /** How long requests took. */
  Spread requests() {
    return requests;
  }

  /** Says that it gets requests, and not connections. */
  void setBalancesRequests() {
    balancesRequests = true;
  }

  /** Whether there is anything to be said of requests. */
  boolean balancesRequests() {
    return balancesRequests;
  }

  void setActive(long connections) {
    active = connections;
  }

  /**
   * @param inUse how many backends take new connections, of that many
   */
  void setBackends(long inUse, long all) {
    usable = inUse;
    backends = all;
  }

  long active() {
    return active;
  }

  long usable() {
    return usable;
  }

  long backends() {
    return backends;
  }

  /** How much a counter grew a second. */
  double rate(int counter) {
    return counters[counter] / seconds;
  }
}
