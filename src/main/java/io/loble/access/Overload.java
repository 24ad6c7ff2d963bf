package io.loble.access;

/**
 * Whether an event loop has more to do than it can, so that new clients are to be refused rather
 * than all be made slow.
 *
 * <p>Lag is smoothed: an exponentially weighted moving average whose weights decay by e per second,
 * whatever the times between two looks are. The share of the heap that is live is taken as it
 * comes, since it changes with garbage collections only. Refusing begins above a bound, and ends
 * below {@value #LAG_ENDS} of the lag's and {@value #HEAP_ENDS} of the heap's.
 *
 * <p>Belongs to one thread, the event loop's. Times are those of {@link System#nanoTime}.
 */
public final class Overload {

  /** Lag falls at once when fewer clients come, so the end is far from the beginning. */
  static final double LAG_ENDS = 0.5;

  /** The share of the heap changes slowly. */
  static final double HEAP_ENDS = 0.95;

  private static final double TIME_CONSTANT_NANOS = 1e9;

  private final double maxLagNanos;
  private final double maxHeapShare;
  private double lagNanos;
  private long lastNanos;
  private boolean late;
  private boolean full;

  /** What there is too much of. */
  public enum Cause {
    NONE,
    LAG,
    HEAP
  }

  /**
   * @param maxLagNanos above which new clients are refused; 0: never
   * @param maxHeapShare above which new clients are refused, 0 to 1; 0: never
   */
  public Overload(long maxLagNanos, double maxHeapShare, long nowNanos) {
    this.maxLagNanos = maxLagNanos;
    this.maxHeapShare = maxHeapShare;
    this.lastNanos = nowNanos;
  }

  /**
   * Takes a look. To be called several times per second.
   *
   * @param latestLagNanos how late the event loop was just now
   * @param liveHeapShare the live bytes of the heap after its last collection, of the most that it
   *     may have: 0 to 1; NaN when unknown
   * @return what {@link #cause} says from now on
   */
  public Cause look(long latestLagNanos, double liveHeapShare, long nowNanos) {
    long elapsed = Math.max(0, nowNanos - lastNanos);
    lastNanos = nowNanos;
    double weight = -Math.expm1(-elapsed / TIME_CONSTANT_NANOS);
    lagNanos += weight * (Math.max(0, latestLagNanos) - lagNanos);
    late = isAbove(lagNanos, maxLagNanos, late ? LAG_ENDS : 1);
    full = isAbove(liveHeapShare, maxHeapShare, full ? HEAP_ENDS : 1);
    return cause();
  }

  /** False where there is no bound, or nothing is known. */
  private static boolean isAbove(double value, double bound, double share) {
    return bound > 0 && value > bound * share;
  }

  /** Why new clients are to be refused now, or {@link Cause#NONE}. */
  public Cause cause() {
    return late ? Cause.LAG : full ? Cause.HEAP : Cause.NONE;
  }

  /** How late the event loop is, smoothed. */
  public long lagNanos() {
    return Math.round(lagNanos);
  }
}
