package io.loble.proxy;

import io.loble.access.AccessList;
import io.loble.access.ClientLimits;
import io.loble.access.ClientTable;
import io.loble.access.RateBucket;
import io.loble.config.ListenerLimits;
import io.loble.config.PerClient;
import org.jspecify.annotations.Nullable;

/**
 * What decides who may connect to a listener, of all event loops together.
 *
 * @param limits where they come from
 * @param clients null where a client has no bounds
 * @param rate null where there is none
 * @param places those of the listener's connections that are counted
 */
record ListenerRules(
    ListenerLimits limits,
    AccessList access,
    @Nullable ClientTable clients,
    @Nullable RateBucket rate,
    Places places) {

  /** Lets every client in. */
  static ListenerRules unbounded() {
    return new ListenerRules(ListenerLimits.NONE, AccessList.EVERYONE, null, null, new Places());
  }

  /** Whether there is nothing to ask. */
  boolean isEmpty() {
    return access.isEmpty() && clients == null && rate == null && maxConnections() == 0;
  }

  int maxConnections() {
    return limits.maxConnections();
  }

  /**
   * The rules that hold from now on. They go on with what these have counted, as far as it is
   * counted in the same way.
   */
  ListenerRules with(ListenerLimits changed, AccessList networks, long nowNanos) {
    return new ListenerRules(
        changed, networks, clients(changed.perClient()), rate(changed, nowNanos), places);
  }

  private @Nullable ClientTable clients(PerClient changed) {
    if (!changed.isBounded()) {
      return null;
    }
    ClientLimits wanted =
        new ClientLimits(
            changed.maxConnections(),
            changed.rate(),
            changed.effectiveBurst(),
            changed.prefix4(),
            changed.prefix6());
    ClientTable before = clients;
    if (before == null) {
      return new ClientTable(wanted);
    }
    return before.limits().equals(wanted) ? before : before.with(wanted);
  }

  private @Nullable RateBucket rate(ListenerLimits changed, long nowNanos) {
    if (!changed.rate().isBounded()) {
      return null;
    }
    boolean same =
        changed.rate().equals(limits.rate()) && changed.effectiveBurst() == limits.effectiveBurst();
    return same && rate != null
        ? rate
        : new RateBucket(changed.rate(), changed.effectiveBurst(), nowNanos);
  }
}
