package io.loble.cli;

import io.loble.config.ConfigException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** The value of the balancer's {@code -conf}: the file itself, or JSON that says where it is. */
final class ConfArgument {

  private static final String EXPECTED =
      "expected a TOML file, whose name ends in .toml, or a JSON file that names one";

  private ConfArgument() {}

  /** Reads it; a TOML file is read later, and followed. */
  static JsonObject read(String value) throws ConfigException {
    return isToml(value)
        ? new JsonObject().put("config", value)
        : JsonArgument.read("-conf", value, EXPECTED);
  }

  private static boolean isToml(String value) {
    return !JsonArgument.isJson(value) && value.toLowerCase(Locale.ROOT).endsWith(".toml");
  }
}
