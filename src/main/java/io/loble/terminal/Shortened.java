package io.loble.terminal;

/** Texts that are too long for where they are to stand. */
public final class Shortened {

  private static final String GONE = "…";

  private Shortened() {}

  /** The text, without some of its end where it is longer than that. */
  public static String end(String text, int most) {
    return text.length() <= most ? text : text.substring(0, Math.max(0, most - 1)) + GONE;
  }

  /**
   * The text, without some of its middle where it is longer than that: names of machines differ at
   * both ends.
   */
  public static String middle(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int kept = Math.max(0, most - 1);
    int head = (kept + 1) / 2;
    return text.substring(0, head) + GONE + text.substring(text.length() - (kept - head));
  }
}
