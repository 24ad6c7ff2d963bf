package io.loble.control;

import io.loble.config.ConfigException;
import io.loble.config.LaunchOptions;
import io.loble.config.keys.LoadedConfig;
import io.loble.config.source.ConfigLoader;
import io.loble.config.source.PlannedConfig;
import java.util.Map;

/**
 * Where the configuration of a process comes from.
 *
 * @param launch how it was started
 * @param env the environment that it was started in
 */
public record ConfigSource(LaunchOptions launch, Map<String, String> env) {

  public ConfigSource {
    env = Map.copyOf(env);
  }

  /** The path of its file; empty if it has none. */
  public String file() {
    return launch.config();
  }

  boolean hasFile() {
    return !file().isEmpty();
  }

  /** Reads the file; blocks. */
  LoadedConfig load() throws ConfigException {
    return ConfigLoader.loadAll(launch, env);
  }

  /** What there would be if the file were loaded now; blocks. */
  PlannedConfig planLoad() throws ConfigException {
    return ConfigLoader.planLoad(launch, env);
  }

  /** What there would be if the file had that text; may block. */
  PlannedConfig plan(String toml) throws ConfigException {
    return ConfigLoader.plan(launch, env, "plan", toml);
  }
}
