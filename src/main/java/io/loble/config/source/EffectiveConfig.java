package io.loble.config.source;

import io.loble.config.LobleConfig;
import io.loble.config.keys.ConfigJson;
import io.loble.config.keys.Secrets;
import io.vertx.core.json.JsonObject;
import org.tomlj.Toml;

/** Shows a configuration with every default filled in. */
public final class EffectiveConfig {

  private EffectiveConfig() {}

  /**
   * The configuration as a TOML file. Loading it gives an equal configuration, but for the id,
   * which files do not have and which stands in a comment. One with a secret, which is hidden, is
   * refused until that is written there. Equal configurations give equal text.
   */
  public static String toToml(LobleConfig config) {
    JsonObject document = Secrets.hiddenIn(ConfigJson.write(config));
    document.remove("id");
    return "# " + Toml.tomlEscape(config.id()) + "\n" + TomlWriter.write(document);
  }
}
