package io.loble.config.keys;

import static io.loble.config.source.Loading.MINIMAL;
import static io.loble.config.source.Loading.load;
import static io.loble.config.source.Loading.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.model.Algorithm;
import io.loble.model.Balancing;
import io.loble.model.HashOn;
import io.loble.model.LearningRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What algorithms have for themselves, as the configuration says it. */
class BalancingKeysTest {

  private static LobleConfig config(String keys) throws ConfigException {
    return load(MINIMAL + "[pools.default]\n" + keys);
  }

  @Test
  void withoutAWordEachHasItsDefault() throws ConfigException {
    assertThat(pool(load(MINIMAL), "default").rules().balancing())
        .isEqualTo(Balancing.by(Algorithm.ROUND_ROBIN));
  }

  @Test
  void allOfThemAreRead() throws ConfigException {
    LobleConfig config =
        config(
            """
            algorithm = "source_hash"
            hash_on = "client_port"
            balance_factor = 1.25
            adaptive = { min = 0.5, max = 3 }
            """);
    assertThat(pool(config, "default").rules().balancing())
        .isEqualTo(
            new Balancing(
                Algorithm.SOURCE_HASH, HashOn.CLIENT_PORT, 1.25, new LearningRange(0.5, 3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "algorithm = 'p2c'         | hash_on = 'sni'        | hash_on        | p2c",
        "algorithm = 'maglev'      | balance_factor = 2     | balance_factor | maglev",
        "algorithm = 'round_robin' | adaptive = { max = 3 } | adaptive       | round_robin"
      })
  void oneThatTheAlgorithmDoesNotReadIsAWarning(
      String algorithm, String line, String key, String label) throws ConfigException {
    assertThat(ConfigWarnings.of(config(algorithm + "\n" + line)))
        .containsExactly(
            "pools.default." + key + ": has no effect while the algorithm is " + label);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "algorithm = 'maglev'      | hash_on = 'sni'",
        "algorithm = 'source_hash' | balance_factor = 2",
        "algorithm = 'adaptive'    | adaptive = { max = 3 }",
        "algorithm = 'p2c'         | balance_factor = 0"
      })
  void oneThatItReadsIsNone(String algorithm, String line) throws ConfigException {
    assertThat(ConfigWarnings.of(config(algorithm + "\n" + line))).isEmpty();
  }
}
