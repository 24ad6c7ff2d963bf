package io.loble.config.source;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.config.LaunchOptions;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the tests of this package load configurations with. */
public final class Loading {

  public static final String FILE = "loble.toml";

  /** A file in which everything that must be there is there. */
  public static final String MINIMAL =
      """
      [listener]
      address = "0.0.0.0:9000"
      [[backends]]
      address = "10.0.0.1:8080"
      """;

  private Loading() {}

  public static LobleConfig load(String toml) throws ConfigException {
    return load(toml, new JsonObject(), Map.of());
  }

  public static LobleConfig load(String toml, JsonObject overrides, Map<String, String> env)
      throws ConfigException {
    return ConfigLoader.load(launch(overrides, env), env, FILE, toml);
  }

  static LaunchOptions launch(JsonObject overrides, Map<String, String> env)
      throws ConfigException {
    return ConfigLoader.launchOptions(
        new JsonObject().put("config", FILE).put("overrides", overrides), env);
  }

  /** The errors, one a line, as a user sees them. */
  public static List<String> errors(String toml) {
    return errors(toml, new JsonObject(), Map.of());
  }

  public static List<String> errors(String toml, JsonObject overrides, Map<String, String> env) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> load(toml, overrides, env));
    return refused == null
        ? List.of()
        : refused.errors().stream().map(ConfigError::toString).toList();
  }

  public static PoolConfig pool(LobleConfig config, String name) {
    return Objects.requireNonNull(config.pools().get(name), name);
  }
}
