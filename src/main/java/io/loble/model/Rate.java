package io.loble.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something may happen: so many times in a period. {@link #NONE} bounds nothing.
 *
 * @param count 1 or more; 0 only in {@link #NONE}
 * @param periodNanos what {@code count} is for, in nanoseconds: 1 ms to 24 h
 */
public record Rate(int count, long periodNanos) {

  /** Bounds nothing; is written as an empty text. */
  public static final Rate NONE = new Rate(0, 0);

  /** What can be parsed, to be named where something cannot. */
  public static final String EXAMPLES = "a number per time such as 200/s, 50/10s or 600/m";

  /** The most in a second, on average, that can be given. */
  public static final int MOST_PER_SECOND = 1_000_000;

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{0,6})(ms|s|m|h)");
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long LONGEST_PERIOD = 24 * HOUR;

  public Rate {
    boolean none = count == 0 && periodNanos == 0;
    if (!none && (count < 1 || periodNanos < MILLISECOND || periodNanos > LONGEST_PERIOD)) {
      throw new IllegalArgumentException(count + " in " + periodNanos + " ns");
    }
  }

  /**
   * Reads a rate such as {@code 200/s}, {@code 50/10s} or {@code 600/m}; the units are {@code ms},
   * {@code s}, {@code m} and {@code h}. An empty text is {@link #NONE}.
   *
   * @throws IllegalArgumentException when it is none, or out of range; the message begins with the
   *     text and says what would be right
   */
  public static Rate parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw wrong(text, "expected " + EXAMPLES);
    }
    int count = Integer.parseInt(parts.group(1));
    long units = parts.group(2).isEmpty() ? 1 : Long.parseLong(parts.group(2));
    long period = units * nanos(parts.group(3));
    if (count == 0) {
      throw wrong(text, "is 0; leave it empty for no bound");
    }
    if (period == 0 || period > LONGEST_PERIOD) {
      throw wrong(text, "the time is 1ms to 24h");
    }
    if ((double) count * SECOND / period > MOST_PER_SECOND) {
      throw wrong(text, "at most " + MOST_PER_SECOND + "/s");
    }
    return new Rate(count, period);
  }

  private static IllegalArgumentException wrong(String text, String reason) {
    return new IllegalArgumentException(text + ": " + reason);
  }

  private static long nanos(String unit) {
    return switch (unit) {
      case "ms" -> MILLISECOND;
      case "s" -> SECOND;
      case "m" -> MINUTE;
      default -> HOUR;
    };
  }

  /** Whether there is a bound. */
  public boolean isBounded() {
    return count > 0;
  }

  /** How many may happen at once where nothing else is said: what a second brings, at least 1. */
  public int defaultBurst() {
    return isBounded() ? (int) Math.max(1, count * (double) SECOND / periodNanos) : 0;
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    if (!isBounded()) {
      return "";
    }
    if (periodNanos % HOUR == 0) {
      return text(HOUR, "h");
    }
    if (periodNanos % MINUTE == 0) {
      return text(MINUTE, "m");
    }
    return periodNanos % SECOND == 0 ? text(SECOND, "s") : text(MILLISECOND, "ms");
  }

  private String text(long unit, String name) {
    long units = periodNanos / unit;
    return count + "/" + (units == 1 ? "" : units) + name;
  }
}
