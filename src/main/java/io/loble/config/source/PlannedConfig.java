package io.loble.config.source;

import io.loble.config.LobleConfig;
import io.vertx.core.json.JsonArray;
import java.util.List;

/**
 * What there would be with a file.
 *
 * @param config the whole configuration
 * @param hidden the keys of the file that have no effect on it
 */
public record PlannedConfig(LobleConfig config, List<HiddenKey> hidden) {

  public PlannedConfig {
    hidden = List.copyOf(hidden);
  }

  /** The keys without effect, as the control interface shows them. */
  public JsonArray hiddenToJson() {
    JsonArray json = new JsonArray();
    hidden.forEach(key -> json.add(key.toJson()));
    return json;
  }
}
