package io.loble.config.source;

import io.loble.config.LobleConfig;
import io.vertx.core.json.JsonArray;
import java.util.List;

/**
 * What there would be with a file.
 *
 * @param config the whole configuration
 * @param hidden the keys of the file that have no effect on it
 * @param warnings what is probably a mistake about the files that it names, if they were looked at
 */
public record PlannedConfig(LobleConfig config, List<HiddenKey> hidden, List<String> warnings) {

  public PlannedConfig {
    hidden = List.copyOf(hidden);
    warnings = List.copyOf(warnings);
  }

  /** The keys without effect, as the control interface shows them. */
  public JsonArray hiddenToJson() {
    JsonArray json = new JsonArray();
    hidden.forEach(key -> json.add(key.toJson()));
    return json;
  }
}
