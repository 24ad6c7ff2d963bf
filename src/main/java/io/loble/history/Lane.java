package io.loble.history;

import java.util.List;

/** What is kept of one thing for one range: slots that are over, and the one that is not yet. */
final class Lane {

  private static final long NONE = Long.MIN_VALUE;

  private final HistoryRange range;
  private final List<Figure> figures;
  private final Ring ring;
  private final Amounts open = new Amounts();
  private long openSlot = NONE;

  Lane(HistoryRange range, List<Figure> figures) {
    this.range = range;
    this.figures = figures;
    this.ring = new Ring(figures.size(), range.slots());
  }

  /**
   * Takes in what happened from one moment to another. It counts for the slot in which it began,
   * and for slots that lie wholly within it.
   */
  void add(long fromMillis, long toMillis, Amounts amounts) {
    long first = range.slotOf(fromMillis);
    long next = range.slotOf(toMillis);
    for (long slot = first; slot == first || slot < next; slot++) {
      if (slot != openSlot) {
        close();
        openSlot = slot;
      }
      open.extend(amounts);
    }
    if (openSlot < next) {
      close();
    }
  }

  private void close() {
    if (openSlot != NONE) {
      ring.put(openSlot, values());
      open.clear();
      openSlot = NONE;
    }
  }

  private float[] values() {
    float[] values = new float[figures.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) figures.get(i).value().applyAsDouble(open);
    }
    return values;
  }

  /** The values of some slots, series by series. */
  float[][] read(long fromSlot, int count) {
    float[][] result = new float[figures.size()][count];
    float[] now = openSlot == NONE ? new float[0] : values();
    for (int series = 0; series < result.length; series++) {
      for (int i = 0; i < count; i++) {
        long slot = fromSlot + i;
        result[series][i] = slot == openSlot ? now[series] : ring.at(series, slot);
      }
    }
    return result;
  }
}
