package io.loble.cli;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.config.FileReads;
import io.loble.config.StrictJson;
import io.loble.config.TextFile;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The value of an option that takes the path of a JSON file, or JSON itself. */
final class JsonArgument {

  private JsonArgument() {}

  /**
   * Reads it.
   *
   * @param option what the error calls JSON that was given directly
   */
  static JsonObject read(String option, String value) throws ConfigException {
    return value.strip().startsWith("{")
        ? parse(option, value)
        : parse(value, content(option, value));
  }

  private static JsonObject parse(String source, String text) throws ConfigException {
    try {
      return StrictJson.object(text);
    } catch (DecodeException e) {
      throw failure(source, "not a JSON object: " + e.getMessage());
    }
  }

  private static String content(String option, String file) throws ConfigException {
    try {
      return TextFile.decode(FileReads.named(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw failure(
          file, "no such file; " + option + " takes the path of a JSON file, or JSON itself");
    } catch (CharacterCodingException e) {
      throw failure(file, String.valueOf(e.getMessage()));
    } catch (InvalidPathException | IOException e) {
      throw failure(file, "cannot be read: " + e.getMessage());
    }
  }

  private static ConfigException failure(String source, String reason) {
    return new ConfigException(List.of(new ConfigError(source, 0, 0, null, reason)));
  }
}
