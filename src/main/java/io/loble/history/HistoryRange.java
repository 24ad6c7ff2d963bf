package io.loble.history;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How far back is looked, and how finely: the finer, the shorter. */
public enum HistoryRange {
  FIVE_MINUTES("5m", 1_000, 300),
  HOUR("1h", 10_000, 360),
  DAY("1d", 60_000, 1_440);

  private final String label;
  private final long stepMillis;
  private final int slots;

  HistoryRange(String label, long stepMillis, int slots) {
    this.label = label;
    this.stepMillis = stepMillis;
    this.slots = slots;
  }

  /** What callers name it by, such as {@code 1h}. */
  public String label() {
    return label;
  }

  /** How long a slot is. */
  public long stepMillis() {
    return stepMillis;
  }

  /** How many slots are kept. */
  public int slots() {
    return slots;
  }

  /** All of it. */
  long millis() {
    return stepMillis * slots;
  }

  long slotOf(long millis) {
    return Math.floorDiv(millis, stepMillis);
  }

  /** The range of that label. */
  public static Optional<HistoryRange> named(String label) {
    return Arrays.stream(values()).filter(range -> range.label.equals(label)).findFirst();
  }

  /** The labels of all of them. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(HistoryRange::label).toList();
  }
}
