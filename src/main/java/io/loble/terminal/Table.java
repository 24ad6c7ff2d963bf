package io.loble.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** Rows below the names of their columns. A column in which no row has anything is left out. */
public final class Table {

  /** For a table that may be as wide as it is. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final String GAP = "  ";

  /** Below that, a name can no longer be told from others. */
  private static final int SHORTEST = 8;

  private enum Kind {
    LEFT,
    RIGHT,
    /** Text of which the middle may be left out. */
    NAME
  }

  /** A column, and where what is in it stands. */
  private record Column(String name, Kind kind) {}

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
    return add(Kind.LEFT, names);
  }

  /** Adds a column of numbers. */
  public Table right(String... names) {
    return add(Kind.RIGHT, names);
  }

  /** Adds a column of text that is shortened in the middle where the table would be too wide. */
  public Table names(String... names) {
    return add(Kind.NAME, names);
  }

  private Table add(Kind kind, String... names) {
    List.of(names).forEach(name -> columns.add(new Column(name, kind)));
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
    return lines(rows, ansi, UNBOUNDED);
  }

  /** The names of the columns, and the rows below. */
  public String render(Ansi ansi) {
    return render(ansi, UNBOUNDED);
  }

  /** The same in at most so many columns of characters, as far as names can be shortened. */
  public String render(Ansi ansi, int most) {
    List<List<Cell>> all = new ArrayList<>();
    all.add(columns.stream().map(column -> Cell.of(column.name())).toList());
    all.addAll(rows);
    return lines(all, ansi, most);
  }

  private String lines(List<List<Cell>> lines, Ansi ansi, int most) {
    List<Integer> shown =
        IntStream.range(0, columns.size())
            .filter(i -> rows.stream().anyMatch(row -> !row.get(i).text().isEmpty()))
            .boxed()
            .toList();
    int[] widths = shown.stream().mapToInt(i -> width(lines, i)).toArray();
    List<Kind> kinds = shown.stream().map(i -> columns.get(i).kind()).toList();
    narrow(widths, kinds, most);
    int[] tails =
        IntStream.range(0, widths.length)
            .map(i -> tail(lines.stream().map(line -> line.get(shown.get(i)).text()), widths[i]))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (List<Cell> line : lines) {
      List<Cell> cells = shown.stream().map(line::get).toList();
      text.append(line(cells, kinds, widths, tails, ansi)).append('\n');
    }
    return text.toString();
  }

  /** How much of the ends of texts to keep, so that as many as can be differ when shortened. */
  private static int tail(Stream<String> texts, int width) {
    List<String> all = texts.toList();
    int best = width / 3;
    if (all.stream().allMatch(text -> text.length() <= width)) {
      return best;
    }
    for (int tail : new int[] {width / 2, 0, 2 * width / 3}) {
      best = different(all, width, tail) > different(all, width, best) ? tail : best;
    }
    return best;
  }

  private static long different(List<String> texts, int width, int tail) {
    return texts.stream().map(text -> Shortened.middle(text, width, tail)).distinct().count();
  }

  /** Takes from the widest names, one character after the other. */
  private static void narrow(int[] widths, List<Kind> kinds, int most) {
    long excess =
        IntStream.of(widths).asLongStream().sum() + GAP.length() * (widths.length - 1L) - most;
    while (excess > 0) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        boolean name = kinds.get(i) == Kind.NAME && widths[i] > SHORTEST;
        widest = name && (widest < 0 || widths[i] > widths[widest]) ? i : widest;
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
      excess--;
    }
  }

  private static int width(List<List<Cell>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).text().length()).max().orElse(0);
  }

  private static String line(
      List<Cell> cells, List<Kind> kinds, int[] widths, int[] tails, Ansi ansi) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      Cell cell = cells.get(i);
      String shown = Shortened.middle(cell.text(), widths[i], tails[i]);
      String space = " ".repeat(widths[i] - shown.length());
      String text = cell.colour().paint(shown, ansi);
      line.append(i == 0 ? "" : GAP);
      line.append(kinds.get(i) == Kind.RIGHT ? space + text : text + space);
    }
    return line.toString().stripTrailing();
  }
}
