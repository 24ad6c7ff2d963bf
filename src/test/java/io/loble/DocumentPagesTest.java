package io.loble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page looks as it is meant to: its tables are tables, and its headings can be linked to. */
class DocumentPagesTest {

  @ParameterizedTest
  @MethodSource("documents")
  void everyTableIsOne(Path document) {
    MarkdownPage page = MarkdownPage.read(document);
    assertThat(page.rawBars()).isEmpty();
    assertThat(page.brokenRows()).isEmpty();
  }

  /** Of two headings of the same text, links reach the first. */
  @ParameterizedTest
  @MethodSource("documents")
  void everyHeadingCanBeLinkedTo(Path document) {
    assertThat(MarkdownPage.read(document).anchors()).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void aTableThatABlankLineBreaksIsFound() {
    MarkdownPage page = MarkdownPage.of("| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n");
    assertThat(page.tables()).isEqualTo(1);
    assertThat(page.rawBars()).contains("| 3 | 4 |");
  }

  @Test
  void aRowWithACellTooManyIsFound() {
    MarkdownPage page = MarkdownPage.of("| a | b |\n|---|---|\n| `1|2` | 3 |\n| `1\\|2` | 3 |\n");
    assertThat(page.rawBars()).isEmpty();
    assertThat(page.brokenRows()).containsExactly("| `1|2` | 3 |");
  }

  @Test
  void aCommentInCodeIsNoHeading() {
    assertThat(MarkdownPage.of("# A `b` [c](d.md)\n\n```sh\n# not one\n```\n").anchors())
        .isEqualTo(List.of("a-b-c"));
  }

  static List<Path> documents() throws IOException {
    return MarkdownPage.files();
  }
}
