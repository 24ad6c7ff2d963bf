package io.loble.model;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one source of a pool's backends says now.
 *
 * @param source which kind of source it is
 * @param what is looked up there, such as {@code db.internal:5432}
 * @param state what the last answer was
 * @param detail why there is no good answer, in words; empty where there is one
 * @param backends how many backends of it are in use, which may be those of an earlier answer
 * @param since when it came to that state
 * @param answeredAt when it gave the last good answer; null for never
 */
public record Discovered(
    Source source,
    String what,
    State state,
    String detail,
    int backends,
    Instant since,
    @Nullable Instant answeredAt) {

  /** What the last answer of a source was. */
  public enum State {
    /** There is none as yet. */
    WAITING,
    /** These are the backends. */
    OK,
    /** There are no backends now. */
    EMPTY,
    /** There is nothing of that name. */
    NOT_FOUND,
    /** None came, or none that can be used. */
    FAILED;

    /** The name for the status, events and metrics. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the source has said who is there. */
    public boolean isGood() {
      return this == OK || this == EMPTY;
    }
  }

  /** What a source says that was not asked before. */
  public static Discovered waiting(Source source, String what) {
    return new Discovered(source, what, State.WAITING, "", 0, Instant.now(), null);
  }

  /** The same after an answer with backends, or with none, which are in use now. */
  public Discovered answered(int found) {
    State now = found == 0 ? State.EMPTY : State.OK;
    Instant at = Instant.now();
    return new Discovered(source, what, now, "", found, now == state ? since : at, at);
  }

  /** The same after an answer that names no backends. */
  public Discovered failed(State now, String why) {
    Instant from = now == state ? since : Instant.now();
    return new Discovered(source, what, now, why, backends, from, answeredAt);
  }

  /** The same when so many of its backends are in use. */
  public Discovered using(int inUse) {
    return new Discovered(source, what, state, detail, inUse, since, answeredAt);
  }
}
