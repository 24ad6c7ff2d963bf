package io.loble.access;

import io.loble.model.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The networks that were counted most often, in bounded memory: Space-Saving (A. Metwally, D.
 * Agrawal, A. El Abbadi: Efficient Computation of Frequent and Top-k Elements in Data Streams, ICDT
 * 2005). Of N times, with m networks kept, a network that was counted more than N/m times is among
 * them, and no count is more than N/m too high. Counting takes time logarithmic in m.
 *
 * <p>Belongs to one thread, for example an event loop. What several threads have counted is put
 * together by {@link #merge}.
 */
public final class TopNetworks {

  private static final Comparator<Count> MOST_FIRST =
      Comparator.comparingLong(Count::count).reversed().thenComparing(Count::network);

  private final int most;
  private final Map<Network, Entry> byNetwork;

  /** A heap, the smallest count first: the entry to be replaced. */
  private final List<Entry> heap;

  private long total;

  /**
   * How often a network was counted.
   *
   * @param count never too low, where one thread has counted
   * @param error by how much the count may be too high
   */
  public record Count(Network network, long count, long error) {}

  private static final class Entry {
    private Network network;
    private long count;
    private long error;
    private int place;

    private Entry(Network network, int place) {
      this.network = network;
      this.place = place;
    }
  }

  /**
   * @param most how many networks are kept: 1 or more, each about 150 bytes
   */
  public TopNetworks(int most) {
    if (most < 1) {
      throw new IllegalArgumentException(most + " networks");
    }
    this.most = most;
    this.byNetwork = new HashMap<>();
    this.heap = new ArrayList<>();
  }

  /** Counts a network once more. */
  public void add(Network network) {
    total++;
    Entry entry = byNetwork.get(network);
    if (entry == null) {
      entry = heap.size() < most ? append(network) : replaceSmallest(network);
    }
    entry.count++;
    sink(entry);
  }

  private Entry append(Network network) {
    Entry entry = new Entry(network, heap.size());
    heap.add(entry);
    byNetwork.put(network, entry);
    rise(entry);
    return entry;
  }

  private Entry replaceSmallest(Network network) {
    Entry entry = heap.get(0);
    byNetwork.remove(entry.network);
    entry.network = network;
    entry.error = entry.count;
    byNetwork.put(network, entry);
    return entry;
  }

  /** A new entry has the count 0, which is less than that of all others. */
  private void rise(Entry entry) {
    while (entry.place > 0) {
      swap(entry, heap.get((entry.place - 1) / 2));
    }
  }

  private void sink(Entry entry) {
    Entry child = smallerChild(entry);
    while (child != null && child.count < entry.count) {
      swap(entry, child);
      child = smallerChild(entry);
    }
  }

  private @Nullable Entry smallerChild(Entry entry) {
    int left = 2 * entry.place + 1;
    if (left >= heap.size()) {
      return null;
    }
    Entry first = heap.get(left);
    Entry second = left + 1 < heap.size() ? heap.get(left + 1) : first;
    return second.count < first.count ? second : first;
  }

  private void swap(Entry one, Entry other) {
    int place = one.place;
    one.place = other.place;
    other.place = place;
    heap.set(one.place, one);
    heap.set(other.place, other);
  }

  /** How often networks were counted, those included that are no longer kept. */
  public long total() {
    return total;
  }

  /** The networks that are kept, the most frequent first. */
  public List<Count> counts() {
    return heap.stream()
        .map(entry -> new Count(entry.network, entry.count, entry.error))
        .sorted(MOST_FIRST)
        .toList();
  }

  /** Forgets everything, for a new period. */
  public void clear() {
    byNetwork.clear();
    heap.clear();
    total = 0;
  }

  /**
   * The counts of several threads as one. A network that some of them no longer keep was counted
   * more often than this says, by no more than the smallest count of each of these.
   *
   * @param most how many networks are wanted
   */
  public static List<Count> merge(Collection<List<Count>> all, int most) {
    Map<Network, Count> sums = new HashMap<>();
    all.forEach(counts -> counts.forEach(c -> sums.merge(c.network(), c, TopNetworks::sum)));
    return sums.values().stream().sorted(MOST_FIRST).limit(most).toList();
  }

  private static Count sum(Count one, Count other) {
    return new Count(one.network(), one.count() + other.count(), one.error() + other.error());
  }
}
