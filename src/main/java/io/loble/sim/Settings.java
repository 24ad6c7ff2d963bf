package io.loble.sim;

import io.loble.config.read.ScalarCodec;
import io.loble.config.read.Scalars;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of values that settings of simulators and scenarios have beside the usual ones. */
public final class Settings {

  /** A string that is not blank. */
  public static final ScalarCodec<String> TEXT =
      Scalars.text("a string that is not empty", text -> !text.isBlank());

  /** A duration above zero. */
  public static final ScalarCodec<Duration> DURATION =
      Scalars.durationOfAtLeast(Duration.ofMillis(1));

  /** A duration, or zero as {@code 0}, {@code "0"} or {@code "0s"}. */
  public static final ScalarCodec<Duration> DURATION_OR_ZERO = Scalars.durationOrZero();

  /** Any integer of 64 bits. */
  public static final ScalarCodec<Long> SEED = Scalars.whole(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB|)");

  private Settings() {}

  /** A number of bytes from 1, such as {@code 65536}, {@code "64KiB"} or {@code "4MiB"}. */
  public static ScalarCodec<Long> size(long max) {
    return Scalars.parsedOrNumber(
        "a size such as 65536, \"64KiB\" or \"4MiB\", from 1 to " + max,
        text -> size(text).filter(size -> size >= 1 && size <= max));
  }

  private static Optional<Long> size(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "KiB" -> amount << 10;
          case "MiB" -> amount << 20;
          case "GiB" -> amount << 30;
          default -> amount;
        });
  }
}
