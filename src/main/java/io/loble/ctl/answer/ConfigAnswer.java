package io.loble.ctl.answer;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The configuration, as the status shows it.
 *
 * @param error why the file was refused that was read last
 * @param differs what is not as the file says
 */
public record ConfigAnswer(
    long version, String loadedAt, Optional<String> error, String file, List<StepAnswer> differs) {

  public static ConfigAnswer of(JsonObject json) {
    return new ConfigAnswer(
        json.getLong("version", 0L),
        json.getString("loaded_at", ""),
        Optional.ofNullable(json.getString("error")),
        json.getString("file", ""),
        Items.of(json, "differs", StepAnswer::of));
  }
}
