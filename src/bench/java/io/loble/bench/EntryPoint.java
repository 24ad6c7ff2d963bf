package io.loble.bench;

import io.loble.deploy.Dockerfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How an image starts what it holds, as its Dockerfile says. */
final class EntryPoint {

  private EntryPoint() {}

  /**
   * The words of the one {@code ENTRYPOINT} of what becomes the image.
   *
   * @throws IllegalArgumentException when there is none, or what it starts is not on this machine
   */
  static List<String> of(Path dockerfile) {
    List<String> words = read(dockerfile).last().only("ENTRYPOINT").exec();
    if (!Files.isExecutable(Path.of(words.get(0)))) {
      throw new IllegalArgumentException(
          words.get(0) + " is not here: docs/image.md says how to get it out of an image");
    }
    return words;
  }

  private static Dockerfile read(Path dockerfile) {
    try {
      return Dockerfile.read(dockerfile);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + dockerfile, e);
    }
  }
}
