package io.loble.proxy;

import io.loble.access.Overload;
import io.loble.config.Limits;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether one event loop refuses new clients, since it or the heap has more to bear than the limits
 * allow. Without such limits it looks at nothing. Called on that event loop.
 */
final class Shedding {

  private static final long HEAP_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final DoubleSupplier liveHeap;
  private @Nullable Overload overload;
  private long maxLagNanos;
  private double maxHeap;
  private double heap = Double.NaN;
  private long heapNanos;

  /**
   * @param liveHeap the share of the heap that is live
   */
  Shedding(DoubleSupplier liveHeap) {
    this.liveHeap = liveHeap;
  }

  /** Limits that hold from now on. */
  void configure(Limits limits, long nowNanos) {
    long lag = limits.overloadLag().toNanos();
    double share = limits.overloadHeap();
    if (lag != maxLagNanos || share != maxHeap) {
      maxLagNanos = lag;
      maxHeap = share;
      overload = lag == 0 && share == 0 ? null : new Overload(lag, share, nowNanos);
      heapNanos = nowNanos - HEAP_PERIOD_NANOS;
    }
  }

  /**
   * Takes a look. To be called several times per second.
   *
   * @param lagNanos how late the event loop was just now
   */
  void look(long lagNanos, long nowNanos) {
    Overload now = overload;
    if (now == null) {
      return;
    }
    if (maxHeap > 0 && nowNanos - heapNanos >= HEAP_PERIOD_NANOS) {
      heapNanos = nowNanos;
      heap = liveHeap.getAsDouble();
    }
    now.look(lagNanos, heap, nowNanos);
  }

  /** Whether new clients are to be refused now. */
  boolean refuses() {
    Overload now = overload;
    return now != null && now.cause() != Overload.Cause.NONE;
  }
}
