package io.loble.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What a backend has done since it was configured. One object a backend, shared by all cores and by
 * every snapshot that holds the backend; every method may be called from any thread and none locks.
 */
public final class BackendStats {

  private final AtomicInteger active = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final LongAdder total = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder bytesToBackend = new LongAdder();
  private final LongAdder bytesToClient = new LongAdder();
  private final Map<ConnectFailure, LongAdder> connectFailures =
      new EnumMap<>(ConnectFailure.class);
  private final Histogram connectSeconds =
      new Histogram(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5);
  private final Histogram durationSeconds = Histogram.ofConnections();
  private final AtomicBoolean trial = new AtomicBoolean();
  private final ConnectSlots connectSlots = new ConnectSlots();
  private final AtomicLong lastConnectedNanos = new AtomicLong(System.nanoTime());
  private volatile boolean watched;
  private volatile @Nullable Standing standing;

  public BackendStats() {
    for (ConnectFailure reason : ConnectFailure.values()) {
      connectFailures.put(reason, new LongAdder());
    }
  }

  /**
   * Takes a place for one more connection. Whoever got {@code true} calls {@link #release} exactly
   * once.
   *
   * @param maxConnections the most that may be active at once; 0 for no bound
   */
  public boolean tryAcquire(int maxConnections) {
    if (maxConnections == 0) {
      reached(active.incrementAndGet());
      return true;
    }
    int now = active.get();
    while (now < maxConnections) {
      if (active.compareAndSet(now, now + 1)) {
        reached(now + 1);
        return true;
      }
      now = active.get();
    }
    return false;
  }

  /** Most of the time a read: only a new peak is written. */
  private void reached(int now) {
    int seen = peak.get();
    while (now > seen && !peak.compareAndSet(seen, now)) {
      seen = peak.get();
    }
  }

  /**
   * Gives back a place.
   *
   * @return whether no connection is left
   */
  public boolean release() {
    return active.decrementAndGet() == 0;
  }

  /** Counts a connection that was established, and how long that took. */
  public void connected(long nanos) {
    total.increment();
    connectSeconds.recordNanos(nanos);
    lastConnectedNanos.setRelease(System.nanoTime());
  }

  /** Counts the end of a connection that was established, by its time from accept to end. */
  public void ended(long nanos) {
    durationSeconds.recordNanos(nanos);
  }

  /** The {@link System#nanoTime} at which a connection was last established; at first, of now. */
  public long lastConnectedNanos() {
    return lastConnectedNanos.getAcquire();
  }

  /** Bounds how many connects to this backend are under way. */
  public ConnectSlots connectSlots() {
    return connectSlots;
  }

  /** Counts a connection that could not be established. */
  public void connectFailed(ConnectFailure reason) {
    failures.increment();
    counter(reason).increment();
  }

  /** Counts a connection that the backend reset before it had sent a byte. */
  public void resetEarly() {
    failures.increment();
  }

  public void addBytesToBackend(long bytes) {
    bytesToBackend.add(bytes);
  }

  public void addBytesToClient(long bytes) {
    bytesToClient.add(bytes);
  }

  /** Whether {@link #tryAcquire} would take a place now. */
  public boolean hasRoom(int maxConnections) {
    return maxConnections == 0 || active.get() < maxConnections;
  }

  /** Connections being established or established, not yet ended. */
  public int active() {
    return active.get();
  }

  /** The most that were active at once so far. */
  public int peak() {
    return peak.get();
  }

  /** Connections established so far. */
  public long total() {
    return total.sum();
  }

  /** Connections that could not be established, or that the backend reset before its first byte. */
  public long failures() {
    return failures.sum();
  }

  /** Connections that could not be established for that reason. */
  public long connectFailures(ConnectFailure reason) {
    return counter(reason).sum();
  }

  /** Bytes read from clients to be written to this backend. */
  public long bytesToBackend() {
    return bytesToBackend.sum();
  }

  /** Bytes read from this backend to be written to clients. */
  public long bytesToClient() {
    return bytesToClient.sum();
  }

  /** How long it took to establish connections. */
  public Histogram connectSeconds() {
    return connectSeconds;
  }

  /** How long connections lasted that were established, from accept to end. */
  public Histogram durationSeconds() {
    return durationSeconds;
  }

  /**
   * Which share of all attempts failed, early resets included; empty before the first attempt.
   * While connections are counted it may be a little out of date.
   */
  public OptionalDouble errorShare() {
    long unconnected = connectFailures.values().stream().mapToLong(LongAdder::sum).sum();
    long attempts = total.sum() + unconnected;
    return attempts == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(1, (double) failures.sum() / attempts));
  }

  /**
   * Whether health wants to hear of this backend's successes and of its last connection's end, as
   * it does of one that failed lately. While false, a proxy reports failures only, so that healthy
   * traffic costs no message.
   */
  public boolean watched() {
    return watched;
  }

  /** Set by health only. */
  public void setWatched(boolean watched) {
    this.watched = watched;
  }

  /** Grants one connection to a backend that is out of rotation. Called by health only. */
  public void grantTrial() {
    trial.set(true);
  }

  /** Takes a granted trial back that nobody has used. Called by health only. */
  public void revokeTrial() {
    trial.set(false);
  }

  /** Takes the granted trial, if there is one that nobody else has taken. */
  public boolean takeTrial() {
    return trial.get() && trial.compareAndSet(true, false);
  }

  /** Whether {@link #takeTrial} would take one now. */
  public boolean hasTrial() {
    return trial.get();
  }

  /** Since when the backend is in rotation or out of it, and why; null where health is not run. */
  public @Nullable Standing standing() {
    return standing;
  }

  /** Called by health only. */
  public void setStanding(Standing now) {
    standing = now;
  }

  private LongAdder counter(ConnectFailure reason) {
    LongAdder counter = connectFailures.get(reason);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + reason);
    }
    return counter;
  }
}
