package io.loble.bench;

import java.util.Locale;

/** Numbers with as many digits as mean something. */
final class Numbers {

  private Numbers() {}

  static String format(double value) {
    double size = Math.abs(value);
    int digits =
        size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  /** Always with two decimals, so that ratios can be compared at a glance. */
  static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
