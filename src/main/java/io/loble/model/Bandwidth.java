package io.loble.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many bytes may be moved in a second. {@link #NONE} bounds nothing.
 *
 * @param bytesPerSecond 1 to 64 GiB; 0 only in {@link #NONE}
 */
public record Bandwidth(long bytesPerSecond) {

  /** Bounds nothing; is written as an empty text. */
  public static final Bandwidth NONE = new Bandwidth(0);

  /** What can be parsed, to be named where something cannot. */
  public static final String EXAMPLES = "a size per second such as 10MiB/s, 64KiB/s or 5000/s";

  /** The most that can be given: 64 GiB/s. */
  public static final long MOST = 64L << 30;

  private static final Pattern FORM = Pattern.compile("(\\d{1,12})(B|KiB|MiB|GiB|)/s");

  public Bandwidth {
    if (bytesPerSecond < 0 || bytesPerSecond > MOST) {
      throw new IllegalArgumentException(bytesPerSecond + " bytes a second");
    }
  }

  /**
   * Reads a bandwidth; the sizes are those of the configuration: {@code B} or nothing, {@code KiB},
   * {@code MiB}, {@code GiB}. An empty text is {@link #NONE}.
   *
   * @throws IllegalArgumentException when it is none, or out of range; the message begins with the
   *     text and says what would be right
   */
  public static Bandwidth parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text + ": expected " + EXAMPLES);
    }
    long amount = Long.parseLong(parts.group(1));
    int shift = shift(parts.group(2));
    if (amount == 0) {
      throw new IllegalArgumentException(text + ": is 0; leave it empty for no bound");
    }
    if (amount > MOST >> shift) {
      throw new IllegalArgumentException(text + ": at most 64GiB/s");
    }
    return new Bandwidth(amount << shift);
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "KiB" -> 10;
      case "MiB" -> 20;
      case "GiB" -> 30;
      default -> 0;
    };
  }

  /** Whether there is a bound. */
  public boolean isBounded() {
    return bytesPerSecond > 0;
  }

  /** What {@link #parse} reads, in the largest unit of which it is a whole number. */
  @Override
  public String toString() {
    if (!isBounded()) {
      return "";
    }
    for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
      long size = 1L << shift(unit);
      if (bytesPerSecond % size == 0) {
        return bytesPerSecond / size + unit + "/s";
      }
    }
    return bytesPerSecond + "B/s";
  }
}
