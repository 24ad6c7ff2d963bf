package io.loble.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.DecodeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is read as ever, but for a key that stands twice. */
class StrictJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1, \"a\": 1}",
        "{\"b\": {\"a\": 1, \"a\": 2}}",
        "{\"b\": [{\"a\": 1, \"a\": 2}]}",
        "{\"a\": 1, \"\\u0061\": 2}"
      })
  void a_key_that_stands_twice_is_named(String text) {
    assertThatThrownBy(() -> StrictJson.object(text))
        .isInstanceOf(DecodeException.class)
        .hasMessage("Duplicate field 'a'");
  }

  @Test
  void the_same_key_in_different_objects_is_fine_and_so_are_comments() {
    String text = "{/* one */ \"a\": 1, // two\n \"b\": {\"a\": 2}}";
    assertThat(StrictJson.object(text).getJsonObject("b").getInteger("a")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[1]", "\"text\"", "1", "{", "{\"a\": }", "{} {}"})
  void what_is_no_object_is_refused(String text) {
    assertThatThrownBy(() -> StrictJson.object(text)).isInstanceOf(DecodeException.class);
  }
}
