package io.loble.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as configuration files have them: whole hours, minutes, seconds and milliseconds, the
 * larger unit first, such as {@code 250ms}, {@code 3s} or {@code 1m30s}.
 */
public final class Durations {

  /** The longest that can be written. */
  public static final Duration MAX = Duration.ofDays(365);

  private static final Pattern FORM =
      Pattern.compile(
          "(?=\\d)(?:(\\d{1,12})h)?(?:(\\d{1,12})m)?(?:(\\d{1,12})s)?(?:(\\d{1,12})ms)?");

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @return empty when the text is not of that form, or for more than {@link #MAX}
   */
  public static Optional<Duration> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Duration sum =
        Duration.ofHours(number(parts.group(1)))
            .plusMinutes(number(parts.group(2)))
            .plusSeconds(number(parts.group(3)))
            .plusMillis(number(parts.group(4)));
    return sum.compareTo(MAX) <= 0 ? Optional.of(sum) : Optional.empty();
  }

  /** Writes a duration so that {@link #parse} gives it back; what is below 1 ms is left out. */
  public static String format(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
