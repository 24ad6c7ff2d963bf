package io.loble.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.loble.config.LaunchOptions;
import io.loble.config.keys.ConfigParts;
import io.loble.config.source.ConfigLoader;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An error about another balancer's word names ours. */
class ForeignWordsTest {

  private static final String GOOD =
      """
      [listener]
      address = "127.0.0.1:9000"
      [[backends]]
      address = "10.0.0.1:80"
      """;

  private static String error(String addition) {
    LaunchOptions launch = launch();
    try {
      ConfigLoader.load(launch, Map.of(), "x.toml", GOOD + addition + "\n");
      return "accepted";
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static LaunchOptions launch() {
    try {
      return ConfigLoader.launchOptions(new JsonObject().put("config", "x.toml"), Map.of());
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maxconn = 10 | backends[0].maxconn | 'max_connections'?",
        "max_conns = 10 | backends[0].max_conns | 'max_connections'?",
        "url = 'tcp://a:1' | backends[0].url | 'address'?",
        "inter = '2s' | backends[0].inter | 'interval' in [health.active]?",
        "[limits]\\nmaxconn = 10 | limits.maxconn | 'max_connections'?",
        "[[server]]\\naddress = 'a:1' | server | 'backends'?",
        "[[servers]]\\naddress = 'a:1' | servers | 'backends'?",
        "[[upstream]]\\naddress = 'a:1' | upstream | 'backends'?",
        "[frontend]\\nbind = '*:80' | frontend | 'listener'?",
        "[stats]\\nuri = '/' | stats | 'admin'?",
        "[balancer]\\nbalance = 'roundrobin' | balancer.balance | 'algorithm'?",
        "[balancer]\\nlb_policy = 'LEAST_REQUEST' | balancer.lb_policy | 'algorithm'?",
        "[health]\\nrise = 2 | health.rise | 'success_threshold'?",
        "[health]\\nfall = 2 | health.fall | 'failure_threshold'?",
        "[health]\\ninterval = '2s' | health.interval | 'interval' in [health.active]?",
        "[health.active]\\ninter = '2s' | health.active.inter | 'interval'?",
        "[health.active]\\nfall = 2 | health.active.fall | 'failure_threshold' in [health]?",
        "backup = true | backends[0].backup | 'priority'?",
        "[pools.a]\\nslowstart = '3s' | pools.a.slowstart | 'slow_start'?",
        "[pools.a]\\nresolvers = 'dns' | pools.a.resolvers | 'discover'?",
        "[pools.a.outlier_detection]\\nenabled = true | pools.a.outlier_detection | 'ejection'?",
        "[timeouts]\\nproxy_connect_timeout = '1s' | timeouts.proxy_connect_timeout | 'connect'?",
        "[[listeners]]\\nname = 'a'\\naddress = 'a:1'\\ndefault_backend = 'default' | listeners[0].default_backend | 'pool'?"
      })
  void keys(String addition, String key, String hint) {
    assertThat(error(addition.replace("\\n", "\n")))
        .contains(": " + key + ": unknown key; did you mean " + hint);
  }

  @Test
  void keysOfTheWholeFile() {
    assertThatThrownBy(
            () -> ConfigLoader.load(launch(), Map.of(), "x.toml", "bind = '*:80'\nmaxconn = 9\n"))
        .hasMessageContaining(
            "x.toml:1:1: bind: unknown key; did you mean 'address' in [listener]?")
        .hasMessageContaining("maxconn: unknown key; did you mean 'max_connections' in [limits]?");
  }

  @ParameterizedTest
  @CsvSource({
    "leastconn, least_connections",
    "least_conn, least_connections",
    "LEAST_REQUEST, least_connections",
    "roundrobin, round_robin",
    "round-robin, round_robin",
    "source, source_hash",
    "ip_hash, source_hash",
    "RING_HASH, source_hash",
    "random_two, p2c",
    "least_time, peak_ewma",
    "least_conections, least_connections",
    "randon, random"
  })
  void algorithms(String word, String ours) {
    assertThat(error("[balancer]\nalgorithm = '" + word + "'"))
        .contains("found the string \"" + word + "\"; did you mean \"" + ours + "\"?");
    assertThatThrownBy(() -> ConfigParts.algorithm(word))
        .hasMessageContaining("did you mean \"" + ours + "\"?");
  }

  @Test
  void otherValues() {
    assertThat(error("[health.active]\ntype = 'httpchk'")).contains("did you mean \"http\"?");
    assertThat(error("[health.active]\ntype = 'TCP'")).contains("did you mean \"tcp\"?");
    assertThat(error("[logging]\nlevel = 'warning'"))
        .contains("expected one of trace, debug, info, warn, error, found the string \"warning\"");
  }

  @Test
  void noneOfThemIsAccepted() throws ConfigException {
    assertThat(ConfigParts.algorithm("LC").label()).isEqualTo("least_connections");
    assertThat(
            Stream.of("leastconn", "rr2", "wrr")
                .map(w -> error("[balancer]\nalgorithm='" + w + "'")))
        .noneMatch("accepted"::equals);
  }

  @Test
  void slipsOfTheKeyboardStillGetTheNearestWord() {
    assertThat(error("[balancer]\nalgoritm = 'rr'")).contains("did you mean 'algorithm'?");
    assertThat(error("[balancer]\nxyzzy = 1")).contains("known here: algorithm, retries");
    assertThat(error("[timeout]\nidle = '1s'")).contains("did you mean 'timeouts'?");
    assertThat(error("[listner]")).contains("did you mean 'listener'?");
  }
}
