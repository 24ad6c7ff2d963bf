package io.loble.config.source;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.config.LaunchOptions;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.keys.LoadedConfig;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  /** The same with what a look at the files that it names has found. */
  static LoadedConfig loadAll(String toml) throws ConfigException {
    return ConfigLoader.loadAll(launch(new JsonObject(), Map.of()), Map.of(), FILE, toml);
  }

  static LaunchOptions launch(JsonObject overrides, Map<String, String> env)
      throws ConfigException {
    return ConfigLoader.launchOptions(
        new JsonObject().put("config", FILE).put("overrides", overrides), env);
  }

  /** The configuration without a look at the files that it names. */
  public static LobleConfig plan(String toml) throws ConfigException {
    return ConfigLoader.plan(launch(new JsonObject(), Map.of()), Map.of(), FILE, toml).config();
  }

  /** What is wrong with it then, one a line, as a user sees it. */
  public static List<String> errorsOfPlan(String toml) {
    return shown(catchThrowableOfType(ConfigException.class, () -> plan(toml)));
  }

  /** The errors, one a line, as a user sees them. */
  public static List<String> errors(String toml) {
    return errors(toml, new JsonObject(), Map.of());
  }

  public static List<String> errors(String toml, JsonObject overrides, Map<String, String> env) {
    return shown(catchThrowableOfType(ConfigException.class, () -> load(toml, overrides, env)));
  }

  private static List<String> shown(@Nullable ConfigException refused) {
    return refused == null
        ? List.of()
        : refused.errors().stream().map(ConfigError::toString).toList();
  }

  public static PoolConfig pool(LobleConfig config, String name) {
    return Objects.requireNonNull(config.pools().get(name), name);
  }
}
