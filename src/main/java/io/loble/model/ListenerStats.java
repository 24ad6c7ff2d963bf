package io.loble.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a listener has done since it was first opened. One object a name of a listener, shared by
 * all cores; every method may be called from any thread and none locks.
 */
public final class ListenerStats {

  private final LongAdder accepted = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final Map<Rejection, LongAdder> rejected = new EnumMap<>(Rejection.class);
  private final Map<PumpMode, LongAdder> relayed = new EnumMap<>(PumpMode.class);
  private final LongAdder splicedBytes = new LongAdder();
  private final Histogram durationSeconds = Histogram.ofConnections();
  private final RequestCounters requests = new RequestCounters();

  public ListenerStats() {
    for (Rejection reason : Rejection.values()) {
      rejected.put(reason, new LongAdder());
    }
    for (PumpMode mode : PumpMode.values()) {
      relayed.put(mode, new LongAdder());
    }
  }

  /** Counts a connection that was accepted. The caller calls {@link #ended} once. */
  public void accepted() {
    accepted.increment();
  }

  /** Counts the end of an accepted connection, however it ended. */
  public void ended(long nanos) {
    ended.increment();
    durationSeconds.recordNanos(nanos);
  }

  /** Counts an accepted connection that was turned away. */
  public void rejected(Rejection reason) {
    counter(rejected, reason).increment();
  }

  /** Counts a client that was turned away at once: it is accepted, rejected and ended in one. */
  public void refused(Rejection reason) {
    accepted.increment();
    ended.increment();
    rejected(reason);
  }

  /** The requests that came by its connections, where it speaks HTTP. */
  public RequestCounters requests() {
    return requests;
  }

  /** Connections accepted so far, those turned away included. */
  public long acceptedTotal() {
    return accepted.sum();
  }

  /** Connections accepted and not yet ended. */
  public long active() {
    // Ends are read first: a connection that starts in between is counted, never one too few.
    long endedSoFar = ended.sum();
    return accepted.sum() - endedSoFar;
  }

  /** Connections turned away for that reason. */
  public long rejectedTotal(Rejection reason) {
    return counter(rejected, reason).sum();
  }

  /** Connections turned away, for whatever reason. */
  public long rejectedTotal() {
    return rejected.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** How long connections lasted, from accept to end; without those that were refused at once. */
  public Histogram durationSeconds() {
    return durationSeconds;
  }

  /** Counts, at its end, a connection that had a backend, and how its bytes were relayed. */
  public void relayed(PumpMode mode) {
    counter(relayed, mode).increment();
  }

  /** Counts bytes that were spliced. */
  public void addSplicedBytes(long bytes) {
    splicedBytes.add(bytes);
  }

  /** Connections that had a backend and ended, whose bytes were relayed that way. */
  public long relayedTotal(PumpMode mode) {
    return counter(relayed, mode).sum();
  }

  /** Bytes that were spliced, either way, among all that were relayed. */
  public long splicedBytes() {
    return splicedBytes.sum();
  }

  private static <K> LongAdder counter(Map<K, LongAdder> counters, K key) {
    LongAdder counter = counters.get(key);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + key);
    }
    return counter;
  }
}
