package io.loble.access;

import io.loble.model.AddressBits;
import java.util.function.IntConsumer;

/**
 * Prefixes of one length, each with a number: a hash table with linear probing in one array of
 * primitives, so that a probe mostly reads one line of the processor's cache. Is filled by one
 * thread, and may then be read by any.
 */
final class PrefixLevel {

  /** The number of what is not there. */
  static final int ABSENT = 0;

  private static final int FIRST_CAPACITY = 8;
  private static final long NUMBER = 0xffff_ffffL;

  private final int prefix;
  private final long highMask;
  private final long lowMask;
  private final long seed;

  /**
   * How many words a slot has. The number is the last half of the last one; before it are the
   * prefix's bits, of which no more than 32 share the word with it.
   */
  private final int words;

  private long[] slots;
  private int capacity;
  private int size;

  /**
   * @param seed what the hash depends on, so that no list of networks is slow on all machines
   */
  PrefixLevel(int prefix, long seed) {
    this.prefix = prefix;
    this.highMask = AddressBits.highMask(prefix);
    this.lowMask = AddressBits.lowMask(prefix);
    this.seed = seed;
    this.words = prefix <= Integer.SIZE ? 1 : prefix <= Long.SIZE ? 2 : 3;
    this.capacity = FIRST_CAPACITY;
    this.slots = new long[capacity * words];
  }

  int prefix() {
    return prefix;
  }

  /** The number of the prefix that an address begins with; {@link #ABSENT} when it has none. */
  int get(long addressHigh, long addressLow) {
    return number(slotOf(addressHigh & highMask, addressLow & lowMask));
  }

  /** Gives the prefix that an address begins with a number, whether or not it has one. */
  void put(long addressHigh, long addressLow, int number) {
    if (size * 4L >= capacity * 3L) {
      resize(capacity * 2);
    }
    set(addressHigh & highMask, addressLow & lowMask, number);
  }

  private void set(long keyHigh, long keyLow, int number) {
    int slot = slotOf(keyHigh, keyLow);
    if (number(slot) == ABSENT) {
      size++;
    }
    slots[slot * words] = keyHigh;
    if (words == 3) {
      slots[slot * words + 1] = keyLow;
    }
    number(slot, number);
  }

  /** Where a key is, or would be put. */
  private int slotOf(long keyHigh, long keyLow) {
    int slot = (int) (((hash(keyHigh, keyLow) >>> 32) * capacity) >>> 32);
    while (number(slot) != ABSENT && !isAt(slot, keyHigh, keyLow)) {
      slot = slot + 1 == capacity ? 0 : slot + 1;
    }
    return slot;
  }

  private boolean isAt(int slot, long keyHigh, long keyLow) {
    return high(slot) == keyHigh && low(slot) == keyLow;
  }

  /** The finalizer of MurmurHash3, once for each half that there is. */
  private long hash(long keyHigh, long keyLow) {
    long first = mix(keyHigh ^ seed);
    return words == 3 ? mix(first ^ keyLow) : first;
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

  private void resize(int wanted) {
    PrefixLevel old = new PrefixLevel(this);
    capacity = wanted;
    slots = new long[capacity * words];
    size = 0;
    old.forEachSlot(slot -> set(old.high(slot), old.low(slot), old.number(slot)));
  }

  /** Another view of the same slots. */
  private PrefixLevel(PrefixLevel other) {
    this.prefix = other.prefix;
    this.highMask = other.highMask;
    this.lowMask = other.lowMask;
    this.seed = other.seed;
    this.words = other.words;
    this.capacity = other.capacity;
    this.slots = other.slots;
  }

  /** Every slot that is used. */
  void forEachSlot(IntConsumer action) {
    for (int slot = 0; slot < capacity; slot++) {
      if (number(slot) != ABSENT) {
        action.accept(slot);
      }
    }
  }

  int number(int slot) {
    return (int) slots[slot * words + words - 1];
  }

  void number(int slot, int number) {
    int at = slot * words + words - 1;
    slots[at] = (slots[at] & ~NUMBER) | (number & NUMBER);
  }

  long high(int slot) {
    long word = slots[slot * words];
    return words == 1 ? word & ~NUMBER : word;
  }

  long low(int slot) {
    return words == 3 ? slots[slot * words + 1] : 0;
  }

  long bytes() {
    return (long) slots.length * Long.BYTES;
  }
}
