package io.loble.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.config.Configs;
import io.loble.config.LaunchOptions;
import io.loble.config.LobleConfig;
import io.loble.config.PoolHttp;
import io.loble.config.keys.ConfigJson;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A configuration survives being written and read again. */
class RoundTripTest {

  @Property(tries = 200)
  void through_json(@ForAll("configs") LobleConfig config) throws ConfigException {
    assertThat(ConfigJson.read(ConfigJson.write(config))).isEqualTo(config);
  }

  @Property(tries = 200)
  void through_json_text(@ForAll("configs") LobleConfig config) throws ConfigException {
    String text = ConfigJson.write(config).encode();
    assertThat(ConfigJson.read(new JsonObject(text))).isEqualTo(config);
  }

  @Property(tries = 200)
  void through_the_effective_toml(@ForAll("configs") LobleConfig config) throws ConfigException {
    LaunchOptions launch =
        ConfigLoader.launchOptions(new JsonObject().put("id", config.id()), Map.of());
    String toml = EffectiveConfig.toToml(config);
    // The files of TLS that it names do not exist.
    String written = toml.replace("\"(hidden)\"", '\'' + PoolHttp.SECRET + '\'');
    LobleConfig loaded = ConfigLoader.plan(launch, Map.of(), "effective", written).config();
    assertThat(loaded).isEqualTo(config);
    assertThat(EffectiveConfig.toToml(loaded)).isEqualTo(toml);
  }

  @Provide
  Arbitrary<LobleConfig> configs() {
    return Configs.any();
  }
}
