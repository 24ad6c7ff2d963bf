package io.loble.bench;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an image starts what it holds, as its Dockerfile says. */
final class EntryPoint {

  private static final Pattern LINE = Pattern.compile("(?m)^ENTRYPOINT (\\[.*])$");

  private EntryPoint() {}

  /**
   * The words of the one {@code ENTRYPOINT} there is.
   *
   * @throws IllegalArgumentException when there is none, or what it starts is not on this machine
   */
  static List<String> of(Path dockerfile) {
    Matcher line = LINE.matcher(text(dockerfile));
    if (!line.find()) {
      throw new IllegalArgumentException("no ENTRYPOINT [...] in " + dockerfile);
    }
    List<String> words = new JsonArray(line.group(1)).stream().map(String.class::cast).toList();
    if (!Files.isExecutable(Path.of(words.get(0)))) {
      throw new IllegalArgumentException(
          words.get(0) + " is not here: docs/image.md says how to get it out of an image");
    }
    return words;
  }

  private static String text(Path dockerfile) {
    try {
      return Files.readString(dockerfile).replace("\\\n", " ");
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + dockerfile, e);
    }
  }
}
