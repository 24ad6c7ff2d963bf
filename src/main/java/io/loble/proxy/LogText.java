package io.loble.proxy;

import java.util.regex.Pattern;

/** What others have said, made fit for the log. */
final class LogText {

  /** More than this would be no name, and no list of protocols, that is in use. */
  private static final int MOST = 100;

  private static final Pattern NOT_PRINTABLE = Pattern.compile("[^!-~…]|[\"\\\\]");

  private LogText() {}

  /** Whatever bytes a client sends, they make neither another field nor another line. */
  static String printable(String text) {
    return printable(text, MOST);
  }

  /** The same, with so many characters at the most. */
  static String printable(String text, int most) {
    String shown = text.length() > most ? text.substring(0, most) + "…" : text;
    return NOT_PRINTABLE.matcher(shown).replaceAll("?");
  }
}
