package io.loble.terminal;

import java.util.Locale;

/** Numbers as people read them. */
public final class Units {

  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final double KIBI = 1024;

  /** From here on, a rounded number would have four digits before the point. */
  private static final double NEXT = 999.5;

  private static final double WHOLE = 10;

  /** The same where a rounded number may have three digits before the point. */
  private static final double BRIEF_NEXT = 999.5;

  private static final double BRIEF_WHOLE = 9.95;

  private static final String[] TIMES = {"d", "h", "m", "s"};
  private static final long[] SECONDS = {86_400, 3_600, 60, 1};

  private Units() {}

  /** A number of bytes in the first unit of which there are less than a thousand. */
  public static String bytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= NEXT && unit < BYTES.length - 1) {
      value /= KIBI;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, BYTES[unit]);
  }

  /** The same in at most five characters, such as {@code 1.4M}. */
  public static String briefBytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= BRIEF_NEXT && unit < BYTES.length - 1) {
      value /= KIBI;
      unit++;
    }
    String letter = unit == 0 ? "" : BYTES[unit].substring(0, 1);
    boolean decimal = unit > 0 && value < BRIEF_WHOLE;
    return String.format(Locale.ROOT, decimal ? "%.1f%s" : "%.0f%s", value, letter);
  }

  /** A number of events a second: small ones with a decimal. */
  public static String rate(double perSecond) {
    return String.format(
        Locale.ROOT, perSecond == 0 || perSecond >= WHOLE ? "%.0f" : "%.1f", perSecond);
  }

  /** A time in its largest unit. */
  public static String briefTime(long millis) {
    String time = time(millis);
    int second = time.indexOf(' ');
    return second < 0 ? time : time.substring(0, second);
  }

  /** A time in its two largest units. */
  public static String time(long millis) {
    long seconds = millis / 1_000;
    for (int i = 0; i < SECONDS.length - 1; i++) {
      if (seconds >= SECONDS[i]) {
        long rest = seconds % SECONDS[i] / SECONDS[i + 1];
        String large = seconds / SECONDS[i] + TIMES[i];
        return rest == 0 ? large : large + " " + rest + TIMES[i + 1];
      }
    }
    return seconds + "s";
  }
}
