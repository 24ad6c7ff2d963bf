package io.loble.bench;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, its columns as wide as they need to be. */
final class Markdown {

  private final List<List<String>> lines = new ArrayList<>();

  Markdown(String... titles) {
    lines.add(List.of(titles));
  }

  void add(List<String> cells) {
    lines.add(List.copyOf(cells));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      append(text, lines.get(i));
      if (i == 0) {
        append(text, lines.get(0).stream().map(title -> "---").toList());
      }
    }
    return text.toString();
  }

  private void append(StringBuilder text, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String fill = cell.equals("---") ? "-" : " ";
      text.append("| ").append(cell).append(fill.repeat(width(i) - cell.length())).append(' ');
    }
    text.append("|\n");
  }

  private int width(int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).reduce(3, Math::max);
  }
}
