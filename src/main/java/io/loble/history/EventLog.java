package io.loble.history;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The latest events, in short. Changes of state, what sources of backends say, and summaries of
 * refused clients are kept apart from the others, so that a backend that comes and goes all night
 * does not push out the reload before it. May be used from any thread.
 */
final class EventLog {

  /** How many changes of state are kept, and how many characters of them. */
  static final int MOST_STATES = 256;

  static final int MOST_STATE_CHARACTERS = 256 * 1024;

  /** The same of everything else. */
  static final int MOST_OTHERS = 128;

  static final int MOST_OTHER_CHARACTERS = 128 * 1024;

  /** The same of summaries, of which an attack brings one per minute. */
  static final int MOST_REFUSALS = 64;

  static final int MOST_REFUSAL_CHARACTERS = 32 * 1024;

  /** The same of sources of backends, which may find others ten times a second. */
  static final int MOST_FINDS = 128;

  static final int MOST_FIND_CHARACTERS = 64 * 1024;

  private static final String STATE = "backend.state";
  private static final String REFUSALS = "clients.refused";
  private static final String FINDS = "discovery.";

  /** What is kept of an event. Configurations before and after, and steps, can be large. */
  private static final List<String> MEMBERS =
      List.of(
          "type",
          "who",
          "what",
          "pool",
          "backend",
          "from",
          "to",
          "detail",
          "version",
          "source",
          "backends",
          "joined",
          "left");

  private static final int MOST_TEXT = 200;

  private final Bounded states = new Bounded(MOST_STATES, MOST_STATE_CHARACTERS);
  private final Bounded others = new Bounded(MOST_OTHERS, MOST_OTHER_CHARACTERS);
  private final Bounded finds = new Bounded(MOST_FINDS, MOST_FIND_CHARACTERS);
  private final Bounded refusals = new Bounded(MOST_REFUSALS, MOST_REFUSAL_CHARACTERS);
  private long lastId;

  /** An event at a time of the {@link SlotClock}. */
  record Entry(long id, long millis, JsonObject event) {}

  synchronized void add(long millis, JsonObject event) {
    lastId++;
    Entry entry = new Entry(lastId, millis, shortened(event));
    laneOf(event.getValue("type")).add(entry);
  }

  private Bounded laneOf(@Nullable Object type) {
    if (STATE.equals(type)) {
      return states;
    }
    if (type instanceof String text && text.startsWith(FINDS)) {
      return finds;
    }
    return REFUSALS.equals(type) ? refusals : others;
  }

  /** Those from that time on, the oldest first. */
  synchronized List<Entry> since(long millis) {
    return Stream.of(states, finds, refusals, others)
        .flatMap(lane -> lane.entries.stream())
        .filter(entry -> entry.millis() >= millis)
        .sorted((a, b) -> Long.compare(a.id(), b.id()))
        .toList();
  }

  private static JsonObject shortened(JsonObject event) {
    JsonObject kept = new JsonObject();
    for (String member : MEMBERS) {
      Object value = event.getValue(member);
      if (value instanceof String text) {
        kept.put(member, text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + '…');
      } else if (value instanceof Number) {
        kept.put(member, value);
      }
    }
    return kept;
  }

  private static final class Bounded {

    private final int most;
    private final int mostCharacters;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private int characters;

    Bounded(int most, int mostCharacters) {
      this.most = most;
      this.mostCharacters = mostCharacters;
    }

    void add(Entry entry) {
      entries.addLast(entry);
      characters += size(entry);
      while (entries.size() > most || characters > mostCharacters) {
        characters -= size(entries.removeFirst());
      }
    }

    private static int size(Entry entry) {
      return entry.event().encode().length();
    }
  }
}
