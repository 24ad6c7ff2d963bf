package io.loble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README.md and docs/ point to is there: files, and headings in them. */
class DocumentLinksTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s:]*)\\)");

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) throws IOException {
    List<String> dead = new ArrayList<>();
    Matcher link = LINK.matcher(Files.readString(document));
    while (link.find()) {
      if (!leadsSomewhere(document, link.group(1))) {
        dead.add(link.group(1));
      }
    }
    assertThat(dead).isEmpty();
  }

  static List<Path> documents() throws IOException {
    return MarkdownPage.files();
  }

  private static boolean leadsSomewhere(Path document, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
    return Files.exists(target)
        && (hash < 0 || MarkdownPage.read(target).anchors().contains(link.substring(hash + 1)));
  }
}
