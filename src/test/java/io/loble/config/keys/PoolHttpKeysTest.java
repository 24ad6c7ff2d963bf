package io.loble.config.keys;

import static io.loble.config.source.Loading.errors;
import static io.loble.config.source.Loading.errorsOfPlan;
import static io.loble.config.source.Loading.load;
import static io.loble.config.source.Loading.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.diff.ConfigDiff;
import io.loble.config.source.EffectiveConfig;
import io.loble.model.HttpRules;
import io.loble.model.HttpVersion;
import io.loble.model.StickyCookie;
import io.loble.model.StickyCookie.Secure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests go to the backends of a pool, as a file says it. */
class PoolHttpKeysTest {

  private static final String SECRET = "0123456789abcdef";
  private static final String OTHER_SECRET = "fedcba9876543210";
  private static final String LISTENER =
      "[[listeners]]\nname = \"edge\"\naddress = \"0.0.0.0:80\"\npool = \"web\"\n";
  private static final String HTTP = LISTENER + "mode = \"http\"\n";
  private static final String BACKEND = "[[pools.web.backends]]\naddress = \"10.0.0.1:80\"\n";
  private static final String COOKIE = "[pools.web.cookie]\nname = \"lb\"\n";

  @Test
  void nothing_is_said_by_default() throws ConfigException {
    assertThat(rules("")).isEqualTo(HttpRules.DEFAULT);
  }

  @Test
  void all_keys_are_read() throws ConfigException {
    String keys =
        """
        [pools.web.http]
        version = "h2"
        max_idle = 0
        idle_timeout = "5s"
        max_streams = 9
        fail_on = [503, 502]
        [pools.web.cookie]
        name = "lb"
        secret = "0123456789abcdef"
        max_age = "1h"
        secure = "always"
        same_site = "None"
        """;
    assertThat(rules(keys))
        .isEqualTo(
            new HttpRules(
                HttpVersion.H2,
                0,
                Duration.ofSeconds(5),
                9,
                Set.of(502, 503),
                new StickyCookie("lb", SECRET, Duration.ofHours(1), Secure.ALWAYS, "None")));
    assertThat(rules(keys).failOn()).containsExactly(502, 503);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http | version = \"h3\"        | version: expected one of http/1.1, h2, found the string \"h3\"",
        "http | max_idle = 10001        | max_idle: expected an integer from 0 to 10000, found 10001",
        "http | idle_timeout = \"0s\"   | idle_timeout: expected a duration from 1s to 1h",
        "http | max_streams = 0         | max_streams: expected an integer from 1 to 1000, found 0",
        "http | fail_on = [399]         | fail_on[0]: expected an integer from 400 to 599, found 399",
        "http | fail_on = [502, 502]    | fail_on[1]: \"502\" is given twice",
        "http | fail_on = 502           | fail_on: expected an array of statuses from 400 to 599",
        "http | idle = 1                | idle: unknown key",
        "cookie | name = \"a b\"        | name: expected \"\", or a name of letters, digits and signs",
        "cookie | name = \"a;b\"        | name: expected \"\", or a name of letters, digits and signs",
        "cookie | max_age = \"1500ms\"  | max_age: expected a duration in whole seconds",
        "cookie | secure = true         | secure: expected one of auto, always, never, found the boolean true",
        "cookie | same_site = \"lax\"   | same_site: expected one of Lax, Strict, None, found the string \"lax\"",
      })
  void wrong_values(String table, String key, String error) {
    assertThat(errors(HTTP + "[pools.web." + table + "]\n" + key + "\n" + BACKEND))
        .singleElement()
        .asString()
        .startsWith("loble.toml:7:")
        .contains(": pools.web." + table + "." + error);
  }

  @Test
  void a_cookie_needs_a_secret() {
    assertThat(errors(HTTP + COOKIE + BACKEND))
        .singleElement()
        .asString()
        .startsWith("loble.toml:6:1: pools.web.cookie.secret: missing; the cookie is signed");
  }

  @ParameterizedTest
  @CsvSource({"'\"short secret\"', short", "1234567890123456, 12345", "'[\"in an array\"]', array"})
  void a_bad_secret_is_not_shown(String written, String part) {
    assertThat(errors(HTTP + COOKIE + "secret = " + written + "\n" + BACKEND))
        .singleElement()
        .asString()
        .startsWith("loble.toml:8:1: pools.web.cookie.secret: expected \"\", or a secret of 16 to")
        .doesNotContain(part.equals("array") ? "in an" : part);
  }

  @Test
  void none_takes_only_secure_cookies() {
    String keys = "secret = \"" + SECRET + "\"\nsecure = \"never\"\nsame_site = \"None\"\n";
    assertThat(errors(HTTP + COOKIE + keys + BACKEND))
        .containsExactly(
            "loble.toml:10:1: pools.web.cookie.same_site: browsers take a cookie with \"None\" only"
                + " if it is secure; have secure = \"always\"");
  }

  @Test
  void http2_is_offered_where_protocols_are_named() {
    String http = "[pools.web.http]\nversion = \"h2\"\n";
    String tls = "[pools.web.tls]\nalpn = [\"http/1.1\"]\n";
    assertThat(errorsOfPlan(HTTP + http + tls + BACKEND))
        .singleElement()
        .asString()
        .contains("pools.web.http.version: \"h2\" is agreed on by ALPN, and tls.alpn does not");
    assertThat(errorsOfPlan(HTTP + http + tls.replace("http/1.1", "h2") + BACKEND)).isEmpty();
    assertThat(errorsOfPlan(HTTP + http + "[pools.web.tls]\n" + BACKEND)).isEmpty();
  }

  @Test
  void keys_of_a_pool_that_gets_no_requests_are_warned_of() throws ConfigException {
    String keys = "[pools.web.http]\nmax_idle = 1\n" + COOKIE + "secret = \"" + SECRET + "\"\n";
    assertThat(ConfigWarnings.of(load(LISTENER + keys + BACKEND)))
        .containsExactly(
            "pools.web.http: has no effect, since no listener of this pool has mode http",
            "pools.web.cookie: has no effect, since no listener of this pool has mode http");
    assertThat(ConfigWarnings.of(load(HTTP + keys + BACKEND))).isEmpty();
  }

  @Test
  void the_effective_configuration_does_not_show_the_secret() throws ConfigException {
    String toml = EffectiveConfig.toToml(withSecret(SECRET));
    assertThat(toml).contains("secret = \"(hidden)\"").doesNotContain(SECRET);
    assertThat(errors(toml))
        .singleElement()
        .asString()
        .endsWith(
            "pools.web.cookie.secret: stands for a secret, which is shown nowhere; write the secret"
                + " itself");
  }

  @Test
  void no_step_of_a_change_does() throws ConfigException {
    LobleConfig none = load(HTTP + "[pools.api]\n" + BACKEND);
    LobleConfig one = withSecret(SECRET);
    LobleConfig other = withSecret(OTHER_SECRET);
    ConfigDiff change = ConfigDiff.between(one, other);
    assertThat(change.lines()).containsExactly("~ pool web: cookie.secret (hidden) -> (hidden)");
    assertThat(change.apply(one)).isEqualTo(other);
    ConfigDiff added = ConfigDiff.between(none.withPools(Map.of()), one);
    ConfigDiff removed = ConfigDiff.between(one, none.withPools(Map.of()));
    for (ConfigDiff diff : List.of(change, added, removed, ConfigDiff.between(none, one))) {
      assertThat(diff.steps().toString()).contains("hidden").doesNotContain(SECRET, OTHER_SECRET);
    }
    assertThat(one.toString()).contains("lb").doesNotContain(SECRET);
  }

  @Test
  void a_command_takes_no_hidden_secret_for_one() throws ConfigException {
    JsonObject hidden = new JsonObject().put("cookie", new JsonObject().put("secret", "(hidden)"));
    assertThatThrownBy(() -> ConfigParts.pool(pool(withSecret(SECRET), "web"), hidden))
        .hasMessageContaining("cookie.secret: stands for a secret");
  }

  private static LobleConfig withSecret(String secret) throws ConfigException {
    return load(HTTP + COOKIE + "secret = \"" + secret + "\"\n" + BACKEND);
  }

  private static HttpRules rules(String keys) throws ConfigException {
    return pool(load(HTTP + keys + BACKEND), "web").outbound().http();
  }
}
