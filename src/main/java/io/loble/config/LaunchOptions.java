package io.loble.config;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * What {@code -conf} holds: how the process runs, and where its configuration is.
 *
 * @param id what this process calls itself
 * @param config the TOML file, relative to the working directory; empty for none
 * @param reloadInterval how often the file is looked at for changes
 * @param instances how many proxies; 0 for one a core
 * @param overrides keys of the TOML file, in JSON, that win over it
 */
public record LaunchOptions(
    String id,
    String config,
    Duration reloadInterval,
    int instances,
    Transport transport,
    JsonObject overrides) {

  /** What warnings and errors about the whole call where it comes from. */
  public String source() {
    if (!config.isEmpty()) {
      return config;
    }
    return overrides.isEmpty() ? ConfigError.ENVIRONMENT : ConfigError.CONF;
  }
}
