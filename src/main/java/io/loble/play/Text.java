package io.loble.play;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** How scenarios write quantities. */
final class Text {

  private Text() {}

  /** {@code 250 ms}, {@code 3 s}, {@code 1.5 s}. */
  static String of(Duration duration) {
    return duration.compareTo(Duration.ofSeconds(1)) < 0
        ? duration.toMillis() + " ms"
        : of(duration.toMillis() / 1e3) + " s";
  }

  /** As the lines of a scenario begin. */
  static String seconds(Duration clock) {
    return String.format(Locale.ROOT, "%.1f", clock.toMillis() / 1e3);
  }

  /** With three digits after the point at the most, and none that say nothing. */
  static String of(double number) {
    return Double.isFinite(number)
        ? BigDecimal.valueOf(number)
            .setScale(3, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        : String.valueOf(number);
  }
}
