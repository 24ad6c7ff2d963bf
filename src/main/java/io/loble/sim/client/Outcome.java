package io.loble.sim.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a simulated client ended. */
public enum Outcome {
  /** It did all it set out to do. */
  FINISHED,
  /** It was told to end early. */
  STOPPED,
  /** It could not connect. */
  CONNECT,
  /** The other side closed before it was done. */
  CLOSED,
  /** The connection broke. */
  RESET,
  /** An answer did not come in time. */
  TIMEOUT,
  /** An answer said that the request could not be served: an HTTP status of 429, or from 500 on. */
  REFUSED,
  /** An answer was not, byte for byte, the right one. */
  WRONG_ANSWER;

  private static final List<Outcome> FAILURES =
      Arrays.stream(values()).filter(Outcome::failed).toList();

  /** Those that count as failed. */
  public static List<Outcome> failures() {
    return FAILURES;
  }

  public boolean failed() {
    return this != FINISHED && this != STOPPED;
  }

  /** The outcome in lower case, as reports name it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
