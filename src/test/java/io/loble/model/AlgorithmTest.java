package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Configuration files may use the long or the short name. */
class AlgorithmTest {

  @ParameterizedTest
  @EnumSource
  void isFoundByEitherNameInAnyCase(Algorithm algorithm) {
    assertThat(Algorithm.named(algorithm.label())).contains(algorithm);
    assertThat(algorithm.names())
        .allMatch(name -> Algorithm.named(name).equals(Optional.of(algorithm)));
    assertThat(Algorithm.named(algorithm.label().toUpperCase(Locale.ROOT))).contains(algorithm);
  }

  @Test
  void anythingElseIsUnknown() {
    assertThat(Algorithm.named("")).isEmpty();
    assertThat(Algorithm.named("robin")).isEmpty();
  }
}
