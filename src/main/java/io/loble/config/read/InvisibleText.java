package io.loble.config.read;

import java.util.Locale;

/**
 * Characters that show nothing, or change the order in which others are shown: a log line or a
 * table with one of them says something else than it seems to (CVE-2021-42574, "Trojan Source").
 */
final class InvisibleText {

  /** No name is longer. */
  private static final int MAX_SHOWN = 255;

  private InvisibleText() {}

  /** Whether a text has none of them. */
  static boolean isFreeOf(String text) {
    return text.codePoints().noneMatch(InvisibleText::isInvisible);
  }

  /**
   * The text for a message: each of them as its code point, {@code <U+202E>}, and no more of it
   * than a line can bear.
   */
  static String shown(String text) {
    if (isFreeOf(text) && text.length() <= MAX_SHOWN) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_SHOWN)
        .forEach(
            c -> {
              if (isInvisible(c)) {
                shown.append(String.format(Locale.ROOT, "<U+%04X>", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return text.length() <= MAX_SHOWN
        ? shown.toString()
        : shown + "... (" + text.length() + " characters)";
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> isBlankLetter(c) || isVariationSelector(c) || isReserved(c);
    };
  }

  /** Of other categories, but nothing is drawn for them: Unicode's "default ignorable" ones. */
  private static boolean isBlankLetter(int c) {
    return c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || c == 0x3164
        || c == 0xFFA0
        || c == 0x2800;
  }

  /**
   * Reserved for characters that show nothing. Others that this JVM does not know yet are letters
   * and pictures of a newer Unicode.
   */
  private static boolean isReserved(int c) {
    return c == 0x2065 || (c >= 0xFFF0 && c <= 0xFFF8) || (c >= 0xE0000 && c <= 0xE0FFF);
  }

  private static boolean isVariationSelector(int c) {
    return (c >= 0xFE00 && c <= 0xFE0F)
        || (c >= 0xE0100 && c <= 0xE01EF)
        || (c >= 0x180B && c <= 0x180F);
  }
}
