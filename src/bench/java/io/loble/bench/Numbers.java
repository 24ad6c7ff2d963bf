package io.loble.bench;

import java.util.Locale;

/** Numbers with as many digits as mean something. */
final class Numbers {

  private Numbers() {}

  static String format(double value) {
    double size = Math.abs(value);
    int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  /** Always with two decimals, so that ratios can be compared at a glance. */
  static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
