package io.loble.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever divides two figures of docs/benchmarks.md gets the ratio that stands beside them. */
class ShownRatiosTest {

  /** Figures are rounded to three digits or so, ratios to two decimals. */
  private static final double ROUNDING_PERCENT = 8;

  private static final double RATIOS_ROUNDING = 0.006;
  private static final String EXPLANATION = "A ratio is that of the two medians beside it";
  private static final Pattern NUMBER = Pattern.compile("-?[\\d,]+(\\.\\d+)?");

  @Test
  void everyRatioIsThatOfTheFiguresInItsLine() throws IOException {
    String page = Files.readString(Path.of("docs/benchmarks.md"));
    // Tables of before were written with another ratio, and explained so.
    assumeThat(page).contains(EXPLANATION);
    List<List<String>> table = table(page);
    List<String> titles = table.get(0);
    int checked = 0;
    for (List<String> line : table.subList(1, table.size())) {
      for (int column = 0; column < titles.size(); column++) {
        checked += isChecked(titles, line, column) ? 1 : 0;
      }
    }
    assertThat(checked).isPositive();
  }

  private static boolean isChecked(List<String> titles, List<String> line, int column) {
    List<String> peers = List.of(titles.get(column).split(" / ", -1));
    if (peers.size() != 2 || line.get(column).equals("–")) {
      return false;
    }
    double shown = number(line.get(column).replaceFirst(" .*", ""));
    double ours = number(line.get(titles.indexOf(peers.get(0))));
    double theirs = number(line.get(titles.indexOf(peers.get(1))));
    double tolerance = ours / theirs * ROUNDING_PERCENT / 100 + RATIOS_ROUNDING;
    assertThat(shown)
        .as("%s", line)
        .isBetween(ours / theirs - tolerance, ours / theirs + tolerance);
    return true;
  }

  private static double number(String cell) {
    assertThat(cell).matches(NUMBER);
    return Double.parseDouble(cell.replace(",", ""));
  }

  /** The one with a column for each peer. */
  private static List<List<String>> table(String page) {
    List<List<String>> table = new ArrayList<>();
    for (String line : page.lines().toList()) {
      boolean first = line.startsWith("| row") && line.contains(" / ");
      boolean next = !table.isEmpty() && line.startsWith("|");
      if (first || next) {
        table.add(
            Stream.of(line.substring(1, line.length() - 1).split("\\|", -1))
                .map(String::strip)
                .toList());
      } else if (!table.isEmpty()) {
        break;
      }
    }
    assertThat(table).hasSizeGreaterThan(2);
    table.remove(1);
    return table;
  }
}
