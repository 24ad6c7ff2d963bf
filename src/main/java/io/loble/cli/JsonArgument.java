package io.loble.cli;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.config.source.FileReads;
import io.loble.config.source.StrictJson;
import io.loble.config.source.TextFile;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
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
    return read(option, value, option + " takes the path of a JSON file, or JSON itself");
  }

  /**
   * @param expected what would be right, for a file that is not
   */
  static JsonObject read(String option, String value, String expected) throws ConfigException {
    return isJson(value) ? parse(option, value) : parse(value, content(value, expected), expected);
  }

  /** Whether it is JSON itself, and no path. */
  static boolean isJson(String value) {
    return value.strip().startsWith("{");
  }

  private static JsonObject parse(String file, String content, String expected)
      throws ConfigException {
    if (isJson(content) || content.strip().startsWith("/") || file.endsWith(".json")) {
      return parse(file, content);
    }
    throw failure(file, "is not a JSON object; " + expected);
  }

  private static JsonObject parse(String source, String text) throws ConfigException {
    try {
      return StrictJson.object(text);
    } catch (DecodeException e) {
      throw failure(source, "not a JSON object: " + e.getMessage());
    }
  }

  private static String content(String file, String expected) throws ConfigException {
    try {
      if (Files.isDirectory(Path.of(file))) {
        throw failure(file, "is a directory; " + expected);
      }
      return TextFile.decode(FileReads.named(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw failure(file, "no such file; " + expected);
    } catch (AccessDeniedException e) {
      throw failure(file, "cannot be read: permission denied");
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
