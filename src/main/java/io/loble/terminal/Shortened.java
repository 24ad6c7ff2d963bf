package io.loble.terminal;

/** Texts that are too long for where they are to stand. */
public final class Shortened {

  private static final String GONE = "…";

  private Shortened() {}

  /** The text, without some of its end where it is longer than that. */
  public static String end(String text, int most) {
    return text.length() <= most ? text : text.substring(0, Math.max(0, most - 1)) + GONE;
  }

  /** The text, without some of its middle where it is longer than that; more of its begin stays. */
  public static String middle(String text, int most) {
    return middle(text, most, most / 3);
  }

  /**
   * The same.
   *
   * @param tail how many characters of its end stay, if there is room for them
   */
  public static String middle(String text, int most, int tail) {
    if (text.length() <= most) {
      return text;
    }
    int kept = Math.max(0, most - 1);
    int head = Math.max(0, kept - tail);
    return text.substring(0, head) + GONE + text.substring(text.length() - (kept - head));
  }
}
