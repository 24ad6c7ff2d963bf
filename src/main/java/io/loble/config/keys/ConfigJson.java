package io.loble.config.keys;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.read.JsonDocument;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.vertx.core.json.JsonObject;

/** Whole configurations as JSON, in the form in which verticles are deployed with them. */
public final class ConfigJson {

  private ConfigJson() {}

  /**
   * Reads what {@link #write} wrote, or any document with the keys of the TOML file and {@code id}.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static LobleConfig read(JsonObject json) throws ConfigException {
    return ConfigReader.read(JsonDocument.read(Place.of(Place.JSON), json), new Problems());
  }

  /**
   * The whole configuration with the keys of the TOML file and {@code id}: every effective value,
   * all pools by name with their own settings. {@link #read} gives an equal configuration.
   */
  public static JsonObject write(LobleConfig config) {
    return LobleKeys.LOBLE.write(config);
  }

  /**
   * The configuration given, if it keeps the rules that a file must keep.
   *
   * @throws ConfigException with everything that is wrong with it as a whole
   */
  public static LobleConfig checked(LobleConfig config) throws ConfigException {
    Place place = Place.of("configuration");
    ConfigReader.read(JsonDocument.read(place, write(config)), new Problems());
    return config;
  }
}
