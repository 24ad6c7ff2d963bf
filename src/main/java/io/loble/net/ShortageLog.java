package io.loble.net;

import io.loble.context.VertxLocal;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that connects fail for what this process or machine lacks, once a minute at the most for
 * clients and for probes each: it happens to many at a time. One object per Vert.x instance; may be
 * used from any thread.
 */
public final class ShortageLog {

  private static final Logger log = LoggerFactory.getLogger("loble");
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final VertxLocal<ShortageLog> LOG = VertxLocal.of("shortages", ShortageLog::new);

  /** Apart: that probes fail says nothing about clients, and is not to hide that they do. */
  private final Map<String, AtomicLong> nextNanos = new ConcurrentHashMap<>();

  private ShortageLog() {}

  /** The one of a Vert.x instance. */
  public static ShortageLog of(Vertx vertx) {
    return LOG.get(vertx);
  }

  /**
   * A connect has failed for that.
   *
   * @param what was to be connected: {@code clients} or {@code probes}
   * @param why it could not be: {@code too many open files}
   */
  public void report(String what, String why) {
    long now = System.nanoTime();
    AtomicLong due = nextNanos.computeIfAbsent(what, first -> new AtomicLong(now));
    long next = due.get();
    if (now - next >= 0 && due.compareAndSet(next, now + PAUSE_NANOS)) {
      log.warn(
          "cannot connect {} to backends: {}; the backends are not at fault,"
              + " and this is logged at most once a minute",
          what,
          why);
    }
  }
}
