package io.loble.cli;

import io.loble.config.ConfigException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code -conf} of the simulators, which takes the path of a JSON file or JSON itself. */
final class ConfOption {

  @Option(
      names = {"-conf", "--conf"},
      paramLabel = "FILE_OR_JSON",
      description = "The configuration: the path of a JSON file, or the JSON itself.")
  private @Nullable String conf;

  /** What it holds; empty when it was not given. */
  JsonObject read() throws ConfigException {
    return conf == null ? new JsonObject() : JsonArgument.read("-conf", conf);
  }
}
