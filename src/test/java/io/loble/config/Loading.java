package io.loble.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the tests of this package load configurations with. */
final class Loading {

  static final String FILE = "loble.toml";

  /** A file in which everything that must be there is there. */
  static final String MINIMAL =
      """
      [listener]
      address = "0.0.0.0:9000"
      [[backends]]
      address = "10.0.0.1:8080"
      """;

  private Loading() {}

  static LobleConfig load(String toml) throws ConfigException {
    return load(toml, new JsonObject(), Map.of());
  }

  static LobleConfig load(String toml, JsonObject overrides, Map<String, String> env)
      throws ConfigException {
    return ConfigLoader.load(launch(overrides, env), env, FILE, toml);
  }

  static LaunchOptions launch(JsonObject overrides, Map<String, String> env)
      throws ConfigException {
    return ConfigLoader.launchOptions(
        new JsonObject().put("config", FILE).put("overrides", overrides), env);
  }

  /** The errors, one a line, as a user sees them. */
  static List<String> errors(String toml) {
    return errors(toml, new JsonObject(), Map.of());
  }

  static List<String> errors(String toml, JsonObject overrides, Map<String, String> env) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> load(toml, overrides, env));
    return refused == null
        ? List.of()
        : refused.errors().stream().map(ConfigError::toString).toList();
  }

  static PoolConfig pool(LobleConfig config, String name) {
    return Objects.requireNonNull(config.pools().get(name), name);
  }
}
