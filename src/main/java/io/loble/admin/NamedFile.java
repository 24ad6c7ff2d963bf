package io.loble.admin;

import io.loble.config.source.FileReads;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that the configuration names. Errors name the key and the path.
 *
 * @param path relative to the working directory
 */
record NamedFile(String key, String path) {

  /** All of it. Blocks. */
  Buffer read() throws IOException {
    try {
      return Buffer.buffer(FileReads.all(Path.of(path)));
    } catch (NoSuchFileException e) {
      throw new IOException(this + ": no such file", e);
    } catch (IOException | InvalidPathException e) {
      throw new IOException(this + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** What to throw when its content is of no use. */
  IOException unusable(String why) {
    return new IOException(this + ": " + why);
  }

  @Override
  public String toString() {
    return key + ' ' + path;
  }
}
