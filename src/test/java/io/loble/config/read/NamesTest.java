package io.loble.config.read;

import static io.loble.config.source.Loading.MINIMAL;
import static io.loble.config.source.Loading.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.loble.config.PoolConfig;
import io.loble.config.keys.ConfigParts;
import io.loble.config.keys.PoolKeys;
import io.loble.config.source.ConfigLoader;
import io.loble.config.source.EnvironmentLayer;
import io.loble.model.TcpSettings;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a name must not hold, wherever one enters. */
class NamesTest {

  /** A byte more than a name may have, in fewer characters. */
  private static final String TOO_LONG = "é".repeat(128);

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x0A, 0x1B, 0x7F, 0x85, 0xAD, 0x034F, 0x061C, 0x115F, 0x180E, 0x200B, 0x200D, 0x200E,
        0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2065, 0x2066, 0x2069, 0x3164, 0xFE0F, 0xFEFF,
        0xFFF9, 0x1D173, 0xE0001, 0xE0041, 0xE0100, 0xE0FFF
      })
  void what_shows_nothing_or_turns_the_line_around_is_refused_with_its_code_point(int codePoint)
      throws ConfigException {
    String name = "we" + Character.toString(codePoint) + "b";
    String shown = String.format(Locale.ROOT, "we<U+%04X>b", codePoint);
    assertRefused(name, shown);
  }

  private static void assertRefused(String name, String shown) {
    JsonObject backend = new JsonObject().put("address", "10.0.0.9:80").put("name", name);
    assertThatThrownBy(() -> ConfigParts.backend(backend)).hasMessageContaining(shown);
    JsonObject listener = new JsonObject().put("address", "10.0.0.9:80").put("name", name);
    assertThatThrownBy(() -> ConfigParts.listener(TcpSettings.DEFAULT, listener))
        .hasMessageContaining(shown);
    assertThatThrownBy(() -> ConfigLoader.launchOptions(new JsonObject().put("id", name), Map.of()))
        .hasMessageContaining(shown);
    JsonObject pools = new JsonObject().put("pools", new JsonObject().put(name, new JsonObject()));
    assertThat(errors(MINIMAL, pools, Map.of()))
        .containsExactly(
            "-conf: overrides.pools.\"" + shown + "\": a pool's name is " + Names.RULE);
  }

  @Test
  void a_pool_of_a_command_keeps_the_rule_too() {
    PoolConfig defaults = PoolKeys.POOL.defaults().named("we\u202Eb");
    assertThatThrownBy(() -> ConfigParts.pool(defaults, new JsonObject()))
        .hasMessageContaining("we<U+202E>b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lb\n1", "lb\u0000", "lb\u202E1", ".."})
  void the_id_of_the_environment_keeps_the_rule_too(String id) {
    assertThatThrownBy(
            () -> ConfigLoader.launchOptions(new JsonObject(), Map.of(EnvironmentLayer.ID, id)))
        .hasMessageContaining("LB_ID: expected a name that is not empty");
  }

  @Test
  void an_unknown_key_is_named_without_what_makes_the_line_lie() {
    assertThat(errors(MINIMAL + "\"lim\\u202Eits\" = 1\n"))
        .singleElement()
        .asString()
        .startsWith("loble.toml:5:1: backends[0].\"lim<U+202E>its\": unknown key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "a b", "数据库", "db/1", "\uD83D\uDC18", "\uD83E\uDEE8", "кафка"})
  void other_languages_and_pictures_are_taken(String name) throws ConfigException {
    JsonObject backend = new JsonObject().put("address", "10.0.0.9:80").put("name", name);
    assertThat(ConfigParts.backend(backend).name()).isEqualTo(name);
  }

  @Test
  void a_name_has_at_most_255_bytes() throws ConfigException {
    assertRefused(TOO_LONG, TOO_LONG);
    String longest = TOO_LONG.substring(1) + "x";
    JsonObject backend = new JsonObject().put("address", "10.0.0.9:80").put("name", longest);
    assertThat(ConfigParts.backend(backend).name()).isEqualTo(longest);
  }

  @Test
  void a_message_does_not_grow_with_what_was_sent() {
    JsonObject backend =
        new JsonObject().put("address", "10.0.0.9:80").put("name", "x".repeat(200_000));
    assertThatThrownBy(() -> ConfigParts.backend(backend))
        .hasMessageContaining("x... (200000 characters)")
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(600));
  }
}
