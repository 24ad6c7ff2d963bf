package io.loble.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a backend has done since it was configured. Every method may be called from any thread; none
 * locks.
 */
public final class BackendCounters {

  private final LongAdder total = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder successes = new LongAdder();
  private final LongAdder ejections = new LongAdder();
  private final LongAdder openings = new LongAdder();
  private final LongAdder bytesToBackend = new LongAdder();
  private final LongAdder bytesToClient = new LongAdder();
  private final Map<ConnectFailure, LongAdder> connectFailures =
      new EnumMap<>(ConnectFailure.class);
  private final Histogram connectSeconds = Histogram.ofConnects();
  private final Histogram durationSeconds = Histogram.ofConnections();
  private final AtomicLong lastConnectedNanos = new AtomicLong(System.nanoTime());

  public BackendCounters() {
    for (ConnectFailure reason : ConnectFailure.values()) {
      connectFailures.put(reason, new LongAdder());
    }
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

  /** Counts a connection that could not be established. */
  public void connectFailed(ConnectFailure reason) {
    failures.increment();
    counter(reason).increment();
  }

  /** Counts a connection that the backend reset before it had sent a byte. */
  public void resetEarly() {
    failures.increment();
  }

  /** Counts a connection on which the backend sent a byte, or that ended cleanly. */
  public void succeeded() {
    successes.increment();
  }

  /** Counts an ejection. */
  public void ejected() {
    ejections.increment();
  }

  /** Counts that the circuit has opened. */
  public void circuitOpened() {
    openings.increment();
  }

  public void addBytesToBackend(long bytes) {
    bytesToBackend.add(bytes);
  }

  public void addBytesToClient(long bytes) {
    bytesToClient.add(bytes);
  }

  /** Connections established so far. */
  public long total() {
    return total.sum();
  }

  /** Connections that could not be established, or that the backend reset before its first byte. */
  public long failures() {
    return failures.sum();
  }

  /** Connections on which the backend sent a byte, or that ended cleanly. */
  public long successes() {
    return successes.sum();
  }

  /** How often it was ejected. */
  public long ejections() {
    return ejections.sum();
  }

  /** How often its circuit has opened. */
  public long circuitOpenings() {
    return openings.sum();
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

  private LongAdder counter(ConnectFailure reason) {
    LongAdder counter = connectFailures.get(reason);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + reason);
    }
    return counter;
  }
}
