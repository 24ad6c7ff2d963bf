package io.loble.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which pools' clients were lately connected to listeners of which other pools of this process, so
 * that a client is not sent around: the link that would close a loop is not made. A link that was
 * not used for ten seconds is forgotten, since the configuration or a name may have changed.
 */
final class PoolLinks {

  private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Link(String from, String to) {}

  private final LongSupplier nanoTime;
  private final Map<Link, Long> lastUsed = new HashMap<>();

  PoolLinks(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Notes that clients of one pool go to a listener of another, unless they would come back.
   *
   * @return whether they would
   */
  boolean closesLoop(String from, String to) {
    long now = nanoTime.getAsLong();
    lastUsed.values().removeIf(used -> now - used > MEMORY_NANOS);
    if (leads(to, from)) {
      return true;
    }
    lastUsed.put(new Link(from, to), now);
    return false;
  }

  private boolean leads(String from, String to) {
    Set<String> seen = new HashSet<>(Set.of(from));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      String pool = open.remove();
      if (pool.equals(to)) {
        return true;
      }
      lastUsed.keySet().stream()
          .filter(link -> link.from().equals(pool))
          .map(Link::to)
          .filter(seen::add)
          .forEach(open::add);
    }
    return false;
  }
}
