package io.loble.net;

import io.loble.context.VertxLocal;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many of something the process holds, against how many it may hold. One object per Vert.x
 * instance; may be used from any thread.
 */
public final class ProcessLimit {

  private static final VertxLocal<ProcessLimit> CONNECTIONS =
      VertxLocal.of("connection-limit", ProcessLimit::new);
  private static final VertxLocal<ProcessLimit> PIPES =
      VertxLocal.of("pipe-limit", ProcessLimit::new);

  private final AtomicInteger held = new AtomicInteger();
  private final AtomicBoolean toldOfShortage = new AtomicBoolean();
  private volatile int limit = Integer.MAX_VALUE;

  /** The limit of client connections. */
  public static ProcessLimit ofConnections(Vertx vertx) {
    return CONNECTIONS.get(vertx);
  }

  /** The limit of pipes. */
  public static ProcessLimit ofPipes(Vertx vertx) {
    return PIPES.get(vertx);
  }

  /** Sets the most that may be held; what is held already may stay. */
  public void setLimit(int most) {
    limit = most;
  }

  /**
   * Counts one more, unless that is too many. A caller that got true calls {@link #release} once.
   */
  public boolean tryAcquire() {
    int now = held.get();
    while (now < limit) {
      if (held.compareAndSet(now, now + 1)) {
        return true;
      }
      now = held.get();
    }
    return false;
  }

  /** Whether {@link #tryAcquire} would count one more now. */
  public boolean hasRoom() {
    return held.get() < limit;
  }

  /** Whether this is the first time that this is asked, for what is to be said only once. */
  public boolean isFirstShortage() {
    return !toldOfShortage.getAndSet(true);
  }

  /** How many are held now. */
  public int held() {
    return held.get();
  }

  /** How many may be held; the largest number there is, until it is set. */
  public int limit() {
    return limit;
  }

  public void release() {
    held.decrementAndGet();
  }
}
