package io.loble.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenListTest {

  /** As before there were names: nothing in a single line means anything but the token. */
  @ParameterizedTest
  @ValueSource(strings = {"s3cret", "alice:s3cret", "alice s3cret", "#s3cret", "a\tb c", "ü"})
  void oneLineIsOneToken(String line) {
    TokenList tokens = TokenList.parse("\n  " + line + " \r\n\n");
    assertThat(find(tokens, line)).contains("");
    assertThat(find(tokens, "s3cret").isPresent()).isEqualTo(line.equals("s3cret"));
  }

  @Test
  void severalLinesAreNamesAndTokens() {
    TokenList tokens =
        TokenList.parse("# who may\nalice  one:1\n\n  bob.b@x-y_z\ttwo \r\nthree\nalice four");
    assertThat(find(tokens, "one:1")).contains("alice");
    assertThat(find(tokens, "two")).contains("bob.b@x-y_z");
    assertThat(find(tokens, "three")).contains("");
    assertThat(find(tokens, "four")).contains("alice");
    assertThat(find(tokens, "alice")).isEmpty();
    assertThat(find(tokens, "")).isEmpty();
    assertThat(find(tokens, "alice  one:1")).isEmpty();
  }

  @Test
  void aCommentMakesAListOfASingleToken() {
    assertThat(find(TokenList.parse("# the only one\nalice one"), "one")).contains("alice");
  }

  @ParameterizedTest
  @CsvSource({
    "'a one\nb:two', 'line 2: expected a name, a space and a token'",
    "'a one\n\nb two three', 'line 3: expected a name, a space and a token'",
    "'a one\nb! two', 'line 2: a name has at most 64 letters'",
    "'a one\nb one', 'line 2 has a token that stands above'"
  })
  void whatIsNoList(String text, String said) {
    assertThatThrownBy(() -> TokenList.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(said)
        .hasMessageNotContainingAny("one", "two");
  }

  @Test
  void itIsBounded() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 257; i++) {
      text.append("name token").append(i).append('\n');
    }
    assertThatThrownBy(() -> TokenList.parse(text.toString()))
        .hasMessage("holds more than 256 tokens");
  }

  @Test
  void itTellsNoSecret() {
    assertThat(TokenList.parse("alice one\nbob two").toString())
        .contains("alice", "bob")
        .doesNotContain("one", "two");
  }

  private static Optional<String> find(TokenList tokens, String given) {
    return tokens.find(given.getBytes(UTF_8));
  }
}
