package io.loble.access;

import io.loble.model.Network;
import java.util.List;

/**
 * Finds the longest prefix of an address, of one family, among many: binary search on the lengths
 * that occur, with one hash table per length. Where the search has to go on to longer prefixes, the
 * table of a shorter length has a marker, which remembers the longest prefix that leads there (M.
 * Waldvogel, G. Varghese, J. Turner, B. Plattner: Scalable High Speed IP Routing Lookups, SIGCOMM
 * 1997). A look-up takes at most 6 probes for IPv4 and 8 for IPv6, however many prefixes there are.
 *
 * <p>Immutable.
 */
final class PrefixTable {

  /** The answer where no prefix fits. */
  static final int NONE = -1;

  /** In the levels' numbers: a prefix itself, not merely a marker on the way to others. */
  private static final int ITSELF = 1 << 31;

  /** In the levels' numbers: a marker that no prefix leads to. */
  private static final int MARKER = 1;

  private static final int FIRST_INDEX = 2;

  /** By length, the shortest first. */
  private final PrefixLevel[] levels;

  /** A network, and what a look-up that it decides answers: 0 or more. */
  record Entry(Network network, int answer) {}

  /**
   * @param entries of one family, none twice
   */
  PrefixTable(List<Entry> entries, long seed) {
    levels =
        entries.stream()
            .mapToInt(entry -> entry.network().prefix())
            .distinct()
            .sorted()
            .mapToObj(prefix -> new PrefixLevel(prefix, seed))
            .toArray(PrefixLevel[]::new);
    for (Entry entry : entries) {
      Network network = entry.network();
      levels[levelOf(network.prefix())].put(
          network.high(), network.low(), (entry.answer() + FIRST_INDEX) | ITSELF);
    }
    entries.forEach(entry -> mark(entry.network()));
    for (int i = 0; i < levels.length; i++) {
      levels[i].trim();
      fillMarkers(i);
    }
  }

  private int levelOf(int prefix) {
    int from = 0;
    int to = levels.length;
    while (levels[from].prefix() != prefix) {
      int middle = (from + to) >>> 1;
      if (levels[middle].prefix() <= prefix) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Leaves a marker wherever the search for a network has to turn to longer prefixes. */
  private void mark(Network network) {
    int from = 0;
    int to = levels.length - 1;
    int middle = (from + to) >>> 1;
    while (levels[middle].prefix() != network.prefix()) {
      PrefixLevel level = levels[middle];
      if (level.prefix() > network.prefix()) {
        to = middle - 1;
      } else {
        from = middle + 1;
        if (level.get(network.high(), network.low()) == PrefixLevel.ABSENT) {
          level.put(network.high(), network.low(), MARKER);
        }
      }
      middle = (from + to) >>> 1;
    }
  }

  /** Lets markers know what leads to them; those of shorter lengths do already. */
  private void fillMarkers(int index) {
    PrefixLevel level = levels[index];
    level.forEachSlot(
        slot -> {
          if (level.number(slot) == MARKER) {
            int best = search(level.high(slot), level.low(slot), index);
            level.number(slot, best == PrefixLevel.ABSENT ? MARKER : best & ~ITSELF);
          }
        });
  }

  /** The answer of the longest prefix of an address, or {@link #NONE}. */
  int find(long high, long low) {
    return answer(search(high, low, levels.length));
  }

  private static int answer(int number) {
    return Math.max(NONE, (number & ~ITSELF) - FIRST_INDEX);
  }

  /** Looks at levels below {@code end} only. */
  private int search(long high, long low, int end) {
    int from = 0;
    int to = levels.length - 1;
    int best = PrefixLevel.ABSENT;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      int number = middle < end ? levels[middle].get(high, low) : PrefixLevel.ABSENT;
      if (number == PrefixLevel.ABSENT) {
        to = middle - 1;
      } else {
        best = number;
        from = middle + 1;
      }
    }
    return best;
  }

  /** How long the longest prefix of an address is, or {@link #NONE}. Looks at every length. */
  int prefixOf(long high, long low) {
    for (int i = levels.length - 1; i >= 0; i--) {
      if ((levels[i].get(high, low) & ITSELF) != 0) {
        return levels[i].prefix();
      }
    }
    return NONE;
  }

  long bytes() {
    long sum = 0;
    for (PrefixLevel level : levels) {
      sum += level.bytes();
    }
    return sum;
  }
}
