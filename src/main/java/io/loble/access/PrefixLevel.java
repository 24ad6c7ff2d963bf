package io.loble.access;

import io.loble.model.AddressBits;
import java.util.function.IntConsumer;

/**
 * Prefixes of one length, each with a number: a hash table with linear probing in arrays of
 * primitives. Is filled by one thread, and may then be read by any.
 */
final class PrefixLevel {

  /** The number of what is not there. */
  static final int ABSENT = 0;

  private static final int FIRST_CAPACITY = 8;

  private final int prefix;
  private final long highMask;
  private final long lowMask;
  private final long seed;
  private long[] high = new long[FIRST_CAPACITY];

  /** Empty unless prefixes are longer than 64 bits. */
  private long[] low;

  private int[] numbers = new int[FIRST_CAPACITY];
  private int size;

  /**
   * @param seed what the hash depends on, so that no list of networks is slow on all machines
   */
  PrefixLevel(int prefix, long seed) {
    this.prefix = prefix;
    this.highMask = AddressBits.highMask(prefix);
    this.lowMask = AddressBits.lowMask(prefix);
    this.seed = seed;
    this.low = new long[isLong() ? FIRST_CAPACITY : 0];
  }

  int prefix() {
    return prefix;
  }

  private boolean isLong() {
    return prefix > Long.SIZE;
  }

  /** The number of the prefix that an address begins with; {@link #ABSENT} when it has none. */
  int get(long addressHigh, long addressLow) {
    return numbers[slotOf(addressHigh & highMask, addressLow & lowMask)];
  }

  /** Gives the prefix that an address begins with a number, whether or not it has one. */
  void put(long addressHigh, long addressLow, int number) {
    if (size * 4L >= numbers.length * 3L) {
      resize(numbers.length * 2);
    }
    set(addressHigh & highMask, addressLow & lowMask, number);
  }

  private void set(long keyHigh, long keyLow, int number) {
    int slot = slotOf(keyHigh, keyLow);
    if (numbers[slot] == ABSENT) {
      size++;
    }
    high[slot] = keyHigh;
    if (isLong()) {
      low[slot] = keyLow;
    }
    numbers[slot] = number;
  }

  /** Where a key is, or would be put. */
  private int slotOf(long keyHigh, long keyLow) {
    int slot = (int) (((hash(keyHigh, keyLow) >>> 32) * numbers.length) >>> 32);
    while (numbers[slot] != ABSENT && !isAt(slot, keyHigh, keyLow)) {
      slot = slot + 1 == numbers.length ? 0 : slot + 1;
    }
    return slot;
  }

  private boolean isAt(int slot, long keyHigh, long keyLow) {
    return high[slot] == keyHigh && (!isLong() || low[slot] == keyLow);
  }

  /** The finalizer of MurmurHash3, once for each half. */
  private long hash(long keyHigh, long keyLow) {
    return mix(mix(keyHigh ^ seed) ^ keyLow);
  }

  private static long mix(long value) {
    long bits = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return bits ^ (bits >>> 33);
  }

  /** Gives back the memory of slots that a full table does not need: two of three are used then. */
  void trim() {
    resize(size + size / 2 + 1);
  }

  private void resize(int capacity) {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] oldNumbers = numbers;
    high = new long[capacity];
    low = new long[isLong() ? capacity : 0];
    numbers = new int[capacity];
    size = 0;
    for (int slot = 0; slot < oldNumbers.length; slot++) {
      if (oldNumbers[slot] != ABSENT) {
        set(oldHigh[slot], isLong() ? oldLow[slot] : 0, oldNumbers[slot]);
      }
    }
  }

  /** Every slot that is used. */
  void forEachSlot(IntConsumer action) {
    for (int slot = 0; slot < numbers.length; slot++) {
      if (numbers[slot] != ABSENT) {
        action.accept(slot);
      }
    }
  }

  int number(int slot) {
    return numbers[slot];
  }

  void number(int slot, int number) {
    numbers[slot] = number;
  }

  long high(int slot) {
    return high[slot];
  }

  long low(int slot) {
    return isLong() ? low[slot] : 0;
  }

  long bytes() {
    return (long) high.length * Long.BYTES
        + (long) low.length * Long.BYTES
        + (long) numbers.length * Integer.BYTES;
  }
}
