package io.loble.access;

import io.loble.model.AddressBits;
import io.loble.model.Network;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Divides the addresses of one family into ranges at the first and behind the last address of each
 * network. In a range, the same network is the smallest for all addresses, or networks of one
 * length and answer are.
 */
final class RangeBuilder {

  private final long[] highs;
  private final long[] lows;
  private final int[] answers;
  private final byte[] prefixes;
  private int size;

  /** The networks around the current address, the smallest first. */
  private final Deque<PrefixTable.Entry> around = new ArrayDeque<>();

  /**
   * @param entries of one family, none twice
   */
  RangeBuilder(List<PrefixTable.Entry> entries) {
    int most = 2 * entries.size() + 1;
    highs = new long[most];
    lows = new long[most];
    answers = new int[most];
    prefixes = new byte[most];
    start(0, 0, null);
    entries.stream().sorted(Comparator.comparing(PrefixTable.Entry::network)).forEach(this::enter);
    while (!around.isEmpty()) {
      leave();
    }
  }

  private void enter(PrefixTable.Entry entry) {
    Network network = entry.network();
    AddressBits first = new AddressBits(network.ipv6(), network.high(), network.low());
    while (!around.isEmpty() && !around.element().network().contains(first)) {
      leave();
    }
    around.push(entry);
    start(network.high(), network.low(), entry);
  }

  /** Starts what is behind the smallest network, unless it ends where all addresses do. */
  private void leave() {
    Network network = around.pop().network();
    long high = network.high();
    long low = 0;
    if (network.prefix() > Long.SIZE) {
      low = network.low() + lastBit(network.prefix() - Long.SIZE);
      high += low == 0 ? 1 : 0;
    } else {
      high += lastBit(network.prefix());
    }
    if (high != 0 || low != 0) {
      start(high, low, around.peek());
    }
  }

  /** The last bit of a prefix, in 64 bits; 0 when the prefix is empty. */
  private static long lastBit(int prefix) {
    return prefix == 0 ? 0 : 1L << (Long.SIZE - prefix);
  }

  private void start(long high, long low, PrefixTable.@Nullable Entry entry) {
    int answer = entry == null ? PrefixTable.NONE : entry.answer();
    byte prefix = (byte) (entry == null ? PrefixTable.NONE : entry.network().prefix());
    if (size > 0 && highs[size - 1] == high && lows[size - 1] == low) {
      size--;
    }
    if (size > 0 && answers[size - 1] == answer && prefixes[size - 1] == prefix) {
      return;
    }
    highs[size] = high;
    lows[size] = low;
    answers[size] = answer;
    prefixes[size] = prefix;
    size++;
  }

  RangeStarts starts() {
    return new RangeStarts(Arrays.copyOf(highs, size), Arrays.copyOf(lows, size));
  }

  /** By range; {@link PrefixTable#NONE} where no network is. */
  int[] answers() {
    return Arrays.copyOf(answers, size);
  }

  /** By range: how long the network's prefix is, or {@link PrefixTable#NONE}. */
  byte[] prefixes() {
    return Arrays.copyOf(prefixes, size);
  }
}
