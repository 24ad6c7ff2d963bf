package io.loble.access;

import java.util.Arrays;

/**
 * What is known of a few clients: how many connections each has, and the {@linkplain Gcra
 * theoretical arrival time} of its next one. Immutable.
 */
final class ClientSet {

  /** The most clients that a set has room for. */
  static final int WAYS = 16;

  static final ClientSet EMPTY = new ClientSet(new long[0]);

  /** What no client is known by. */
  static final int NOWHERE = -1;

  private static final int WORDS = 3;
  private static final int ARRIVAL = 1;
  private static final int CONNECTIONS = 2;

  /** Of each client: its key, the arrival time, and the number of connections. */
  private final long[] words;

  private ClientSet(long[] words) {
    this.words = words;
  }

  int size() {
    return words.length / WORDS;
  }

  /** Where a client is, or {@link #NOWHERE}. */
  int indexOf(long key) {
    for (int i = 0; i < words.length; i += WORDS) {
      if (words[i] == key) {
        return i / WORDS;
      }
    }
    return NOWHERE;
  }

  long key(int index) {
    return words[index * WORDS];
  }

  long arrivalNanos(int index) {
    return words[index * WORDS + ARRIVAL];
  }

  long connections(int index) {
    return words[index * WORDS + CONNECTIONS];
  }

  /**
   * The client that is missed least: it has no connection, and of those its next arrival has been
   * due for the longest time. {@link #NOWHERE} when all have connections.
   */
  int leastMissed() {
    int best = NOWHERE;
    for (int i = 0; i < size(); i++) {
      boolean idle = connections(i) == 0;
      if (idle && (best == NOWHERE || arrivalNanos(i) - arrivalNanos(best) < 0)) {
        best = i;
      }
    }
    return best;
  }

  /** The set with another or a changed client in a place. */
  ClientSet with(int index, long key, long arrivalNanos, long connections) {
    return put(words.clone(), index, key, arrivalNanos, connections);
  }

  /** The set with one more client. */
  ClientSet plus(long key, long arrivalNanos, long connections) {
    long[] longer = Arrays.copyOf(words, words.length + WORDS);
    return put(longer, size(), key, arrivalNanos, connections);
  }

  private static ClientSet put(
      long[] copy, int index, long key, long arrivalNanos, long connections) {
    copy[index * WORDS] = key;
    copy[index * WORDS + ARRIVAL] = arrivalNanos;
    copy[index * WORDS + CONNECTIONS] = connections;
    return new ClientSet(copy);
  }

  /** The set without the client of a place. */
  ClientSet without(int index) {
    if (size() == 1) {
      return EMPTY;
    }
    long[] shorter = Arrays.copyOf(words, words.length - WORDS);
    int from = (index + 1) * WORDS;
    System.arraycopy(words, from, shorter, from - WORDS, words.length - from);
    return new ClientSet(shorter);
  }
}
