package io.loble.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents show of a TOML file can be used, alone or as the part of one that it is. */
class DocumentExamplesTest {

  private static final Pattern EXAMPLE = Pattern.compile("(?s)```toml\n(.*?)```");

  /** Is there to show what errors look like. */
  private static final String MISTAKE = "adress =";

  private static final String REST =
      """

      [listener]
      address = "127.0.0.1:0"
      [[backends]]
      address = "127.0.0.1:1"
      """;

  @ParameterizedTest
  @MethodSource("examples")
  void loads(String example) throws ConfigException {
    String whole = example.contains("[listener") ? example : example + REST;
    assertThat(Loading.load(whole).listeners()).isNotEmpty();
  }

  static List<String> examples() throws IOException {
    try (Stream<Path> documents = Files.list(Path.of("docs"))) {
      List<String> examples =
          Stream.concat(Stream.of(Path.of("README.md")), documents)
              .filter(file -> file.toString().endsWith(".md"))
              .flatMap(DocumentExamplesTest::examples)
              .filter(text -> !text.contains(MISTAKE))
              .toList();
      assertThat(examples).hasSizeGreaterThan(3);
      return examples;
    }
  }

  private static Stream<String> examples(Path document) {
    try {
      Matcher found = EXAMPLE.matcher(Files.readString(document));
      return found.results().map(example -> example.group(1)).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
