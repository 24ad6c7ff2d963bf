package io.loble.terminal;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of a certain width. */
public final class Paragraph {

  private Paragraph() {}

  /** The lines of a text, broken at spaces; a word that is longer than a line is cut. */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    text.lines().forEach(line -> wrap(line, width, lines));
    return lines;
  }

  private static void wrap(String line, int width, List<String> lines) {
    String rest = line;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(space > 0 ? end + 1 : end);
    }
    lines.add(rest);
  }
}
