package io.loble.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.terminal.Table.Cell;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

/** What fits into a width, and what is left out then. */
class TableTest {

  @ParameterizedTest
  @CsvSource({
    "postgres-01.example.com, 30, postgres-01.example.com",
    "postgres-01.example.com, 11, postgre…com",
    "postgres-01.example.com, 8, postg…om",
    "ab, 1, …"
  })
  void namesAreShortenedInTheMiddle(String name, int width, String shown) {
    assertThat(Shortened.middle(name, width)).isEqualTo(shown);
  }

  @Property
  void aShortenedTextIsAsLongAsItMayBe(
      @ForAll @StringLength(max = 40) String text, @ForAll @IntRange(min = 1, max = 50) int most) {
    int expected = Math.min(text.length(), most);
    assertThat(Shortened.middle(text, most)).hasSize(expected);
    assertThat(Shortened.end(text, most)).hasSize(expected);
  }

  @Test
  void theWidestNamesGiveWay() {
    Table table = new Table().names("name", "address").right("n").left("text");
    table.row(Cell.of("a"), Cell.of("2001:db8::1234:5678"), Cell.of(12), Cell.of("stays whole"));
    table.row(Cell.of("postgres-01.example.com"), Cell.of("b"), Cell.of(3), Cell.of(""));
    assertThat(table.render(Ansi.OFF, 44).lines())
        .hasSize(3)
        .allMatch(line -> line.length() <= 44)
        .anyMatch(line -> line.matches("a +2001:\\S*…\\S*78 +12 +stays whole"))
        .anyMatch(line -> line.matches("post\\S*…\\S*com +b +3"));
    assertThat(table.render(Ansi.OFF)).contains("postgres-01.example.com", "2001:db8::1234:5678");
  }

  @Test
  void namesThatDifferStillDo() {
    assertDifferent("postgres-01.eu-west-1.example.com", "postgres-02.eu-west-1.example.com");
    assertDifferent("postgres.eu-west-1.example.com:5432", "postgres.eu-west-1.example.com:5433");
    assertDifferent("a.shard-of-many-0001.example.com", "a.shard-of-many-0002.example.com");
  }

  private static void assertDifferent(String one, String other) {
    Table table = new Table().names("name").row(Cell.of(one)).row(Cell.of(other));
    List<String> lines = table.render(Ansi.OFF, 20).lines().toList();
    assertThat(lines.get(1)).hasSize(20).contains("…").isNotEqualTo(lines.get(2));
  }

  @Test
  void aParagraphBreaksAtSpaces() {
    assertThat(Paragraph.lines("one two three\nlonger-than-that x", 8))
        .containsExactly("one two", "three", "longer-t", "han-that", "x");
    assertThat(Paragraph.lines("", 8)).isEmpty();
  }
}
