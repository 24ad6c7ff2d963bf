package io.loble.history;

import io.loble.history.HistoryPage.Line;
import io.loble.history.Scope.OfBackend;
import io.loble.history.Scope.OfListener;
import io.loble.history.Scope.OfPool;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Figures and events over time, in bounded memory: {@link #MOST_SERIES} series of {@link
 * #SLOTS_PER_SERIES} slots of four bytes at the most, each allocated with its first value. May be
 * used from any thread.
 */
final class Timeline {

  static final int MOST_LISTENERS = 32;
  static final int MOST_POOLS = 32;
  static final int MOST_BACKENDS = 128;

  /** So many series there are at the most, whatever is configured. */
  static final int MOST_SERIES =
      Figure.OF_PROCESS.size()
          + MOST_LISTENERS * Figure.OF_LISTENER.size()
          + MOST_POOLS * Figure.OF_POOL.size()
          + MOST_BACKENDS * Figure.OF_BACKEND.size();

  /** Of all ranges together. */
  static final int SLOTS_PER_SERIES =
      HistoryRange.FIVE_MINUTES.slots() + HistoryRange.HOUR.slots() + HistoryRange.DAY.slots();

  /** Seconds that pass without a sample until that counts as a gap. */
  private static final long MOST_SECONDS = 2;

  private static final long SECOND = HistoryRange.FIVE_MINUTES.stepMillis();

  /** After the beginning of a second, so that a timer that is a little early is not too early. */
  private static final long MARGIN = 20;

  private final SlotClock clock;
  private final Source source;
  private final Track process = new Track(Figure.OF_PROCESS);
  private final Shelf<String> listeners = new Shelf<>(MOST_LISTENERS, Figure.OF_LISTENER);
  private final Shelf<String> pools = new Shelf<>(MOST_POOLS, Figure.OF_POOL);
  private final Shelf<OfBackend> backends = new Shelf<>(MOST_BACKENDS, Figure.OF_BACKEND);
  private final EventLog events = new EventLog();
  private final long beginMillis;
  private long lastMillis;

  Timeline(SlotClock clock, Source source) {
    this.clock = clock;
    this.source = source;
    this.beginMillis = clock.now();
    this.lastMillis = beginMillis;
  }

  /** How long it is until the next sample should be taken. */
  long millisToNext() {
    return SECOND - Math.floorMod(clock.now(), SECOND) + MARGIN;
  }

  /** Keeps an event, as it is published. */
  void happened(JsonObject event) {
    events.add(clock.now(), event);
  }

  /**
   * Takes a sample: keeps what has happened since the last one. Where that was too long ago to say
   * when it has happened, there is a gap. To be called once each second.
   */
  synchronized void sample() {
    long now = clock.now();
    long seconds = Math.floorDiv(now, SECOND) - Math.floorDiv(lastMillis, SECOND);
    if (seconds <= 0) {
      return;
    }
    if (seconds > MOST_SECONDS) {
      source.sample(new Nowhere());
    } else {
      source.sample(new Kept(lastMillis, now));
    }
    lastMillis = now;
    long oldest = now - HistoryRange.DAY.millis();
    listeners.forgetBefore(oldest);
    pools.forgetBefore(oldest);
    backends.forgetBefore(oldest);
  }

  /** What is asked for; empty when there is no history of that. */
  synchronized Optional<HistoryPage> page(HistoryQuery query) {
    return track(query.scope()).map(track -> page(query, track));
  }

  /** The names of what there is a history of, among those that are like that one. */
  synchronized List<String> known(Scope scope) {
    if (scope instanceof OfListener) {
      return listeners.keys();
    }
    return scope instanceof OfBackend wanted
        ? backends.keys().stream()
            .filter(backend -> backend.pool().equals(wanted.pool()))
            .map(OfBackend::name)
            .toList()
        : pools.keys();
  }

  private Optional<Track> track(Scope scope) {
    if (scope instanceof OfListener listener) {
      return listeners.find(listener.name());
    }
    if (scope instanceof OfPool pool) {
      return pools.find(pool.name());
    }
    return scope instanceof OfBackend backend ? backends.find(backend) : Optional.of(process);
  }

  private HistoryPage page(HistoryQuery query, Track track) {
    HistoryRange range = query.range();
    // The moment before the last sample belongs to the last slot of which anything is known.
    long end = range.slotOf(lastMillis - SECOND) + 1;
    long since = Math.max(end - range.slots(), range.slotOf(beginMillis));
    long start = Math.max(since, fromSlot(query));
    int count = (int) Math.max(0, end - start);
    return new HistoryPage(
        range,
        clock.toEpoch(start * range.stepMillis()),
        clock.toEpoch((start + count) * range.stepMillis()),
        lines(track, track.read(range, start, count)),
        events(query));
  }

  /** The first slot that begins no earlier than is asked for. */
  private long fromSlot(HistoryQuery query) {
    long step = query.range().stepMillis();
    return -Math.floorDiv(-clock.fromEpoch(query.since()), step);
  }

  private static List<Line> lines(Track track, float[][] values) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Figure figure = track.figures().get(i);
      if (figure.always() || isKnown(values[i])) {
        lines.add(new Line(figure.name(), figure.unit(), values[i]));
      }
    }
    return lines;
  }

  /** Whether there is anything in it. */
  private static boolean isKnown(float[] values) {
    for (float value : values) {
      if (!Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  private List<JsonObject> events(HistoryQuery query) {
    long oldest = clock.now() - query.range().millis();
    return events.since(Math.max(oldest, clock.fromEpoch(query.since()))).stream()
        .map(
            entry ->
                new JsonObject()
                    .put("id", entry.id())
                    .put("at", clock.toEpoch(entry.millis()))
                    .mergeIn(entry.event()))
        .toList();
  }

  /** Puts what was sampled where it belongs. */
  private final class Kept implements Target {

    private final long from;
    private final long to;

    Kept(long from, long to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public void process(Amounts amounts) {
      process.add(from, to, observed(amounts));
    }

    @Override
    public void listener(String name, Amounts amounts) {
      listeners.add(name, from, to, observed(amounts));
    }

    @Override
    public void pool(String name, Amounts amounts) {
      pools.add(name, from, to, observed(amounts));
    }

    @Override
    public void backend(String pool, String name, Amounts amounts) {
      backends.add(new OfBackend(pool, name), from, to, observed(amounts));
    }

    private Amounts observed(Amounts amounts) {
      amounts.over((to - from) / (double) SECOND);
      return amounts;
    }
  }

  /** For the sample after a gap, from which only the next one counts. */
  private static final class Nowhere implements Target {

    @Override
    public void process(Amounts amounts) {}

    @Override
    public void listener(String name, Amounts amounts) {}

    @Override
    public void pool(String name, Amounts amounts) {}

    @Override
    public void backend(String pool, String name, Amounts amounts) {}
  }
}
