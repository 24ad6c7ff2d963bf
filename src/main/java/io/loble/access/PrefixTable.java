package io.loble.access;

import io.loble.model.Network;
import java.util.List;

/**
 * Finds the longest prefix of an address, of one family, among many. The prefixes' ends divide the
 * addresses into ranges, for each of which the answer is known beforehand (B. Lampson, V.
 * Srinivasan, G. Varghese: IP Lookups Using Multiway and Multicolumn Search, INFOCOM 1998), and
 * {@link RangeIndex} says in which range an address is.
 *
 * <p>Immutable.
 */
final class PrefixTable {

  /** The answer where no prefix fits. */
  static final int NONE = -1;

  private final RangeStarts starts;
  private final RangeIndex index;

  /** By range. */
  private final int[] answers;

  /** By range: how long the prefix is, as an unsigned number, or {@link #NONE}. */
  private final byte[] prefixes;

  /** A network, and what a look-up that it decides answers: 0 or more. */
  record Entry(Network network, int answer) {}

  /**
   * @param entries of one family, none twice
   */
  PrefixTable(List<Entry> entries) {
    RangeBuilder ranges = new RangeBuilder(entries);
    this.starts = ranges.starts();
    this.answers = ranges.answers();
    this.prefixes = ranges.prefixes();
    this.index = RangeIndex.of(starts);
  }

  /** The answer of the longest prefix of an address, or {@link #NONE}. */
  int find(long high, long low) {
    return answers[index.rangeOf(high, low)];
  }

  /** How long the longest prefix of an address is, or {@link #NONE}. */
  int prefixOf(long high, long low) {
    byte prefix = prefixes[index.rangeOf(high, low)];
    return prefix == NONE ? NONE : Byte.toUnsignedInt(prefix);
  }

  long bytes() {
    return starts.bytes() + index.bytes() + (long) answers.length * (Integer.BYTES + Byte.BYTES);
  }
}
