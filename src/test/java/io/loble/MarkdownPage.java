package io.loble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** A page of the documentation as GitHub reads it. */
final class MarkdownPage {

  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .build();

  private final List<String> lines;
  private final Node document;

  private MarkdownPage(String text) {
    lines = text.lines().toList();
    document = PARSER.parse(text);
  }

  static MarkdownPage of(String text) {
    return new MarkdownPage(text);
  }

  static MarkdownPage read(Path file) {
    try {
      return new MarkdownPage(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** README.md, and all of docs/. */
  static List<Path> files() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"));
        Stream<Path> top = Files.list(Path.of(""))) {
      return Stream.concat(top, docs)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  /** What GitHub calls the headings, in their order. */
  List<String> anchors() {
    List<String> anchors = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            anchors.add(anchor(plain(heading)));
          }
        });
    return anchors;
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
  }

  private static String plain(Node node) {
    StringBuilder plain = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text text) {
            plain.append(text.getLiteral());
          }

          @Override
          public void visit(Code code) {
            plain.append(code.getLiteral());
          }
        });
    return plain.toString();
  }

  /** Text, not code, in which the bar of a table is left: it was not understood as one. */
  List<String> rawBars() {
    List<String> raw = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text text) {
            if (text.getLiteral().contains("|")) {
              raw.add(text.getLiteral());
            }
          }
        });
    return raw;
  }

  /** Rows with more or fewer cells than their table has columns. */
  List<String> brokenRows() {
    List<String> broken = new ArrayList<>();
    forEachTable(
        rows -> {
          int columns = bars(rows.get(0));
          rows.stream().filter(row -> bars(row) != columns).forEach(broken::add);
        });
    return broken;
  }

  int tables() {
    List<List<String>> tables = new ArrayList<>();
    forEachTable(tables::add);
    return tables.size();
  }

  private void forEachTable(Consumer<List<String>> rows) {
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(CustomBlock block) {
            if (block instanceof TableBlock) {
              rows.accept(rowsOf(block));
            }
          }
        });
  }

  private List<String> rowsOf(Node table) {
    List<String> rows = new ArrayList<>();
    table.accept(
        new AbstractVisitor() {
          @Override
          public void visit(CustomNode node) {
            if (node instanceof TableRow) {
              rows.add(lines.get(node.getSourceSpans().get(0).getLineIndex()));
            } else {
              visitChildren(node);
            }
          }

          @Override
          public void visit(CustomBlock block) {
            visitChildren(block);
          }
        });
    return rows;
  }

  /** Those that end a cell: one in code does as well, unless it is escaped. */
  private static int bars(String row) {
    return row.replace("\\|", "").replaceAll("[^|]", "").length();
  }
}
