package io.loble.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written by hand stays; what was written before is replaced. */
class DocumentTest {

  @Test
  void theDocumentationHasBothParts(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("copy.md"), Files.readString(Path.of("docs", "benchmarks.md")));
    Document document = new Document(file);
    document.replace("results", "a first run\n");
    document.replace("results", "a second run\n");
    document.replace(Microbenchmarks.NAME, "single methods\n");
    assertThat(file)
        .content()
        .startsWith("# Benchmarks")
        .containsSubsequence("## Results", "a second run", "## Single methods", "single methods")
        .endsWith("<!-- end of jmh -->\n")
        .doesNotContain("a first run");
  }

  @Test
  void aPartThatIsMissingIsAppended(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("other.md"), "# By hand\n");
    new Document(file).replace("results", "a run\n");
    assertThat(file).content().startsWith("# By hand\n").contains("a run");
  }
}
