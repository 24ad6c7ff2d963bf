package io.loble.proxy;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many client connections the process holds, against how many it may hold. One object a Vert.x
 * instance; may be used from any thread.
 */
final class ConnectionLimit implements Shareable {

  /** Kept for files, listeners, probes and the admin interface. */
  private static final int RESERVED_DESCRIPTORS = 128;

  /** This share is kept for clients that are accepted in a burst, before they can be refused. */
  private static final int BURST_SHARE = 8;

  private final AtomicInteger held = new AtomicInteger();
  private volatile int limit = Integer.MAX_VALUE;

  static ConnectionLimit of(Vertx vertx) {
    LocalMap<String, ConnectionLimit> map = vertx.sharedData().getLocalMap("loble.limit");
    return map.computeIfAbsent("connections", key -> new ConnectionLimit());
  }

  /**
   * Sets the most that may be held.
   *
   * @param connections 0 for what the limit of file descriptors allows
   */
  void setLimit(int connections) {
    limit = connections == 0 ? descriptorsAllow() : connections;
  }

  int limit() {
    return limit;
  }

  /** Counts one more, unless that is too many. Whoever got true calls {@link #release} once. */
  boolean tryAcquire() {
    int now = held.get();
    while (now < limit) {
      if (held.compareAndSet(now, now + 1)) {
        return true;
      }
      now = held.get();
    }
    return false;
  }

  void release() {
    held.decrementAndGet();
  }

  /** A connection takes two descriptors, the client's and the backend's. */
  private static int descriptorsAllow() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      long all = unix.getMaxFileDescriptorCount();
      long usable = all - RESERVED_DESCRIPTORS - all / BURST_SHARE;
      return (int) Math.max(1, Math.min(Integer.MAX_VALUE, usable / 2));
    }
    return Integer.MAX_VALUE;
  }
}
