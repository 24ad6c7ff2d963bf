package io.loble.history;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What is kept of one thing: the process, a listener, a pool or a backend. */
final class Track {

  private final List<Figure> figures;
  private final Map<HistoryRange, Lane> lanes = new EnumMap<>(HistoryRange.class);
  private long lastMillis;

  Track(List<Figure> figures) {
    this.figures = figures;
    for (HistoryRange range : HistoryRange.values()) {
      lanes.put(range, new Lane(range, figures));
    }
  }

  List<Figure> figures() {
    return figures;
  }

  /** When something was added last. */
  long lastMillis() {
    return lastMillis;
  }

  void add(long fromMillis, long toMillis, Amounts amounts) {
    lastMillis = toMillis;
    lanes.values().forEach(lane -> lane.add(fromMillis, toMillis, amounts));
  }

  float[][] read(HistoryRange range, long fromSlot, int count) {
    return Objects.requireNonNull(lanes.get(range)).read(fromSlot, count);
  }
}
