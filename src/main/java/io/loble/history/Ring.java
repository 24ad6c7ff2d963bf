package io.loble.history;

import java.util.Arrays;

/**
 * The latest slots of several series. What was never put is NaN; a series of which nothing else was
 * put takes no memory.
 */
final class Ring {

  private static final long NOTHING = Long.MIN_VALUE;
  private static final float[] EMPTY = {};

  private final int slots;
  private final float[][] values;
  private long newest = NOTHING;

  Ring(int series, int slots) {
    this.slots = slots;
    this.values = new float[series][];
    Arrays.fill(values, EMPTY);
  }

  /** Puts a slot that is later than all before. Those in between stay NaN. */
  void put(long slot, float[] figures) {
    if (slot <= newest) {
      throw new IllegalArgumentException(slot + " is not later than " + newest);
    }
    forgetBetween(slot);
    for (int i = 0; i < values.length; i++) {
      put(i, slot, figures[i]);
    }
    newest = slot;
  }

  private void put(int series, long slot, float figure) {
    if (values[series].length == 0 && !Float.isNaN(figure)) {
      values[series] = new float[slots];
      Arrays.fill(values[series], Float.NaN);
    }
    if (values[series].length > 0) {
      values[series][index(slot)] = figure;
    }
  }

  private void forgetBetween(long slot) {
    if (newest == NOTHING) {
      return;
    }
    for (long missed = Math.max(newest + 1, slot - slots + 1); missed < slot; missed++) {
      for (int i = 0; i < values.length; i++) {
        put(i, missed, Float.NaN);
      }
    }
  }

  float at(int series, long slot) {
    boolean known = newest != NOTHING && slot <= newest && slot > newest - slots;
    return !known || values[series].length == 0 ? Float.NaN : values[series][index(slot)];
  }

  private int index(long slot) {
    return Math.floorMod(slot, slots);
  }
}
