package io.loble.access;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells in which of many ranges an address is. The addresses from the first start to the last are
 * divided into places of one size, about as many as there are ranges, so that few ranges start in
 * one, and a table says for each place where to look. Where many ranges start in a place, because
 * addresses are not evenly used, it has an index of its own, with places as small as these ranges
 * need (as in S. Nilsson, G. Karlsson: IP-Address Lookup Using LC-Tries, IEEE Journal on Selected
 * Areas in Communications 17, 1999). A look-up reads at most {@value #DEPTH} tables, however many
 * ranges there are, unless a list is made to have more; as each table for more than {@value
 * #LARGE_CROWD} ranges takes 10 bits of the address at least, there are never more than 16. {@link
 * RangeStarts#rangeOf} searches the few ranges that are left.
 *
 * <p>Immutable.
 */
final class RangeIndex {

  private static final int DEPTH = 3;

  /** So many ranges may start in a place that has no index of its own. */
  private static final int CROWD = 16;

  /** Of an object with its array, in bytes: about what it takes besides the array's contents. */
  private static final int OVERHEAD = 64;

  /** The same for places whose index would be a further one than {@link #DEPTH}. */
  private static final int LARGE_CROWD = 1024;

  private final RangeStarts starts;

  /** Where the first place begins. */
  private final long baseHigh;

  private final long baseLow;

  /** How many bits say where in its place an address is. */
  private final int shift;

  /** By place: the last range that starts before it, or -1 - n for the n-th of {@link #parts}. */
  private final int[] table;

  /** The indexes of crowded places. */
  private final RangeIndex[] parts;

  /** The range before the first one of the index. */
  private final int before;

  /** An index of all ranges. */
  static RangeIndex of(RangeStarts starts) {
    return new RangeIndex(starts, 1, starts.size(), 1);
  }

  /** An index of the ranges from {@code from}, which is 1 or more, to before {@code to}. */
  private RangeIndex(RangeStarts starts, int from, int to, int depth) {
    this.starts = starts;
    this.before = from - 1;
    boolean empty = from == to;
    int last = empty ? 0 : to - 1;
    this.baseHigh = empty ? 0 : starts.high(from);
    this.baseLow = empty ? 0 : starts.low(from);
    this.shift = Math.max(0, bits(starts.high(last), starts.low(last)) - log2(to - from));
    this.table = new int[1 + (int) shifted(starts.high(last), starts.low(last))];
    this.parts = fill(from, to, depth);
  }

  /** Fills the table, and returns the indexes of crowded places. */
  private RangeIndex[] fill(int from, int to, int depth) {
    List<RangeIndex> crowded = new ArrayList<>();
    int range = from;
    for (int place = 0; place < table.length; place++) {
      int first = range;
      while (range < to && place(starts.high(range), starts.low(range)) == place) {
        range++;
      }
      if (range - first > (depth < DEPTH ? CROWD : LARGE_CROWD)) {
        table[place] = ~crowded.size();
        crowded.add(new RangeIndex(starts, first, range, depth + 1));
      } else {
        table[place] = first - 1;
      }
    }
    return crowded.toArray(RangeIndex[]::new);
  }

  private static int log2(int count) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, count));
  }

  /** How many bits it takes to say how far an address is behind the base. */
  private int bits(long high, long low) {
    long difference = highOfDifference(high, low);
    return difference == 0
        ? Long.SIZE - Long.numberOfLeadingZeros(low - baseLow)
        : 2 * Long.SIZE - Long.numberOfLeadingZeros(difference);
  }

  /** The first 64 bits of how far an address is behind the base. */
  private long highOfDifference(long high, long low) {
    return high - baseHigh - (Long.compareUnsigned(low, baseLow) < 0 ? 1 : 0);
  }

  /** The range in which an address is. */
  int rangeOf(long high, long low) {
    RangeIndex index = this;
    while (true) {
      if (index.isBefore(high, low)) {
        return index.before;
      }
      int found = index.table[index.place(high, low)];
      if (found >= 0) {
        return starts.rangeOf(high, low, found);
      }
      index = index.parts[~found];
    }
  }

  private boolean isBefore(long high, long low) {
    return high == baseHigh
        ? Long.compareUnsigned(low, baseLow) < 0
        : Long.compareUnsigned(high, baseHigh) < 0;
  }

  /** The place of an address, which is the last one for all behind it. */
  private int place(long high, long low) {
    long place = shifted(high, low);
    return place >= 0 && place < table.length ? (int) place : table.length - 1;
  }

  /** How many places an address is behind the base; negative when 63 bits do not hold it. */
  private long shifted(long high, long low) {
    long difference = highOfDifference(high, low);
    if (shift >= Long.SIZE) {
      return difference >>> (shift - Long.SIZE);
    }
    return difference >>> shift == 0
        ? (difference << 1 << (Long.SIZE - 1 - shift)) | ((low - baseLow) >>> shift)
        : -1;
  }

  /** How much memory the index takes, without the ranges. */
  long bytes() {
    long sum = OVERHEAD + (long) (table.length + parts.length) * Integer.BYTES;
    for (RangeIndex part : parts) {
      sum += part.bytes();
    }
    return sum;
  }
}
