package io.loble.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;

/** Rows below the names of their columns. A column in which no row has anything is left out. */
public final class Table {

  private static final String GAP = "  ";

  /** A column, and where what is in it stands. */
  private record Column(String name, boolean right) {}

  /** What is in one place. */
  public record Cell(String text, Colour colour) {

    public static Cell of(String text) {
      return new Cell(text, Colour.NONE);
    }

    public static Cell of(long number) {
      return of(Long.toString(number));
    }
  }

  private final List<Column> columns = new ArrayList<>();
  private final List<List<Cell>> rows = new ArrayList<>();

  /** Adds a column of text. */
  public Table left(String... names) {
    List.of(names).forEach(name -> columns.add(new Column(name, false)));
    return this;
  }

  /** Adds a column of numbers. */
  public Table right(String... names) {
    List.of(names).forEach(name -> columns.add(new Column(name, true)));
    return this;
  }

  /** Adds a row with something for every column. */
  public Table row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The rows alone, one a line. */
  public String body(Ansi ansi) {
    return lines(rows, ansi);
  }

  /** The names of the columns, and the rows below. */
  public String render(Ansi ansi) {
    List<List<Cell>> all = new ArrayList<>();
    all.add(columns.stream().map(column -> Cell.of(column.name())).toList());
    all.addAll(rows);
    return lines(all, ansi);
  }

  private String lines(List<List<Cell>> lines, Ansi ansi) {
    List<Integer> shown =
        IntStream.range(0, columns.size())
            .filter(i -> rows.stream().anyMatch(row -> !row.get(i).text().isEmpty()))
            .boxed()
            .toList();
    int[] widths = shown.stream().mapToInt(i -> width(lines, i)).toArray();
    StringBuilder text = new StringBuilder();
    for (List<Cell> line : lines) {
      List<Cell> cells = shown.stream().map(line::get).toList();
      List<Column> kinds = shown.stream().map(columns::get).toList();
      text.append(line(cells, kinds, widths, ansi)).append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<Cell>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).text().length()).max().orElse(0);
  }

  private static String line(List<Cell> cells, List<Column> columns, int[] widths, Ansi ansi) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      Cell cell = cells.get(i);
      String space = " ".repeat(widths[i] - cell.text().length());
      String text = cell.colour().paint(cell.text(), ansi);
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).right() ? space + text : text + space);
    }
    return line.toString().stripTrailing();
  }
}
