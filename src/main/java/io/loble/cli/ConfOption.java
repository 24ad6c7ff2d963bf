package io.loble.cli;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code -conf}, which takes the path of a JSON file or JSON itself. */
final class ConfOption {

  @Option(
      names = {"-conf", "--conf"},
      paramLabel = "FILE_OR_JSON",
      description = "The configuration: the path of a JSON file, or the JSON itself.")
  private @Nullable String conf;

  /** What it holds; empty when it was not given. */
  JsonObject read() throws ConfigException {
    if (conf == null) {
      return new JsonObject();
    }
    return conf.strip().startsWith("{") ? parse("-conf", conf) : parse(conf, content(conf));
  }

  private static JsonObject parse(String source, String text) throws ConfigException {
    try {
      return new JsonObject(text);
    } catch (DecodeException e) {
      throw failure(source, "not a JSON object: " + e.getMessage());
    }
  }

  private static String content(String file) throws ConfigException {
    try {
      return Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw failure(file, "no such file; -conf takes the path of a JSON file, or JSON itself");
    } catch (IOException e) {
      throw failure(file, "cannot be read: " + e.getMessage());
    }
  }

  private static ConfigException failure(String source, String reason) {
    return new ConfigException(List.of(new ConfigError(source, 0, 0, null, reason)));
  }
}
