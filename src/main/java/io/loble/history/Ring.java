package io.loble.history;

import java.util.Arrays;

/** The latest slots of several series. What was never put is NaN. */
final class Ring {

  private static final long NOTHING = Long.MIN_VALUE;

  private final int slots;
  private final float[][] values;
  private long newest = NOTHING;

  Ring(int series, int slots) {
    this.slots = slots;
    this.values = new float[series][slots];
    for (float[] each : values) {
      Arrays.fill(each, Float.NaN);
    }
  }

  /** Puts a slot that is later than all before. Those in between stay NaN. */
  void put(long slot, float[] figures) {
    if (slot <= newest) {
      throw new IllegalArgumentException(slot + " is not later than " + newest);
    }
    forgetBetween(slot);
    for (int i = 0; i < values.length; i++) {
      values[i][index(slot)] = figures[i];
    }
    newest = slot;
  }

  private void forgetBetween(long slot) {
    if (newest == NOTHING) {
      return;
    }
    for (long missed = Math.max(newest + 1, slot - slots + 1); missed < slot; missed++) {
      for (float[] each : values) {
        each[index(missed)] = Float.NaN;
      }
    }
  }

  float at(int series, long slot) {
    return newest == NOTHING || slot > newest || slot <= newest - slots
        ? Float.NaN
        : values[series][index(slot)];
  }

  private int index(long slot) {
    return Math.floorMod(slot, slots);
  }
}
