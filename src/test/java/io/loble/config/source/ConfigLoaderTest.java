package io.loble.config.source;

import static io.loble.config.source.Loading.MINIMAL;
import static io.loble.config.source.Loading.errors;
import static io.loble.config.source.Loading.load;
import static io.loble.config.source.Loading.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.BackendConfig;
import io.loble.config.ConfigException;
import io.loble.config.LaunchOptions;
import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.Timeouts;
import io.loble.config.Transport;
import io.loble.model.Algorithm;
import io.loble.model.HostPort;
import io.loble.model.TcpSettings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {

  private static final JsonObject NONE = new JsonObject();

  @Test
  void what_is_not_given_has_its_default() throws ConfigException {
    LobleConfig config = load(MINIMAL);
    assertThat(config.listeners())
        .containsExactly(
            new ListenerConfig("default", new HostPort("0.0.0.0", 9000), "default", false));
    assertThat(config.timeouts())
        .isEqualTo(
            new Timeouts(
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                Duration.ZERO,
                0.1,
                Duration.ofSeconds(30)));
    PoolConfig pool = pool(config, "default");
    assertThat(pool.algorithm()).isEqualTo(Algorithm.ROUND_ROBIN);
    assertThat(pool.retries()).isEqualTo(1);
    assertThat(pool.backends())
        .containsExactly(new BackendConfig("10.0.0.1:8080", new HostPort("10.0.0.1", 8080), 1, 0));
  }

  @Test
  void the_later_source_wins() throws ConfigException {
    String toml = MINIMAL + "[balancer]\nalgorithm = \"lc\"\nretries = 3\n[limits]\n";
    JsonObject overrides =
        new JsonObject("{\"balancer\":{\"algorithm\":\"random\",\"retries\":4}}");
    assertThat(pool(load(toml), "default").algorithm()).isEqualTo(Algorithm.LEAST_CONNECTIONS);
    assertThat(pool(load(toml, overrides, Map.of()), "default").algorithm())
        .isEqualTo(Algorithm.RANDOM);
    PoolConfig last = pool(load(toml, overrides, Map.of("LB_ALGO", "sticky")), "default");
    assertThat(last.algorithm()).isEqualTo(Algorithm.SOURCE_HASH);
    assertThat(last.retries()).isEqualTo(4);
  }

  @Test
  void pools_override_shared_settings_key_by_key() throws ConfigException {
    LobleConfig config =
        load(
            MINIMAL
                + """
                [balancer]
                algorithm = "lc"
                [health]
                failure_threshold = 5
                [health.active]
                interval = "7s"
                [pools.a]
                retries = 0
                [pools.a.health]
                success_threshold = 9
                [pools.a.health.active]
                timeout = "100ms"
                """);
    PoolConfig a = pool(config, "a");
    assertThat(a.algorithm()).isEqualTo(Algorithm.LEAST_CONNECTIONS);
    assertThat(a.retries()).isZero();
    assertThat(a.health().failureThreshold()).isEqualTo(5);
    assertThat(a.health().successThreshold()).isEqualTo(9);
    assertThat(a.health().active().interval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(a.health().active().timeout()).isEqualTo(Duration.ofMillis(100));
    assertThat(pool(config, "default").health().active().timeout())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void pools_and_listeners_override_the_shared_tcp_settings_key_by_key() throws ConfigException {
    LobleConfig config =
        load(
            MINIMAL
                + """
                [tcp]
                keepalive = "7s"
                [listener.tcp]
                user_timeout = "1500ms"
                [[listeners]]
                name = "b"
                address = "0.0.0.0:9002"
                [listeners.tcp]
                keepalive = "0s"
                [pools.a.tcp]
                keepalive = "9h6m7s"
                user_timeout = "576h"
                """);
    assertThat(config.listeners())
        .extracting(ListenerConfig::tcp)
        .containsExactly(
            new TcpSettings(Duration.ofSeconds(7), Duration.ofMillis(1500)),
            new TcpSettings(Duration.ZERO, Duration.ZERO));
    assertThat(pool(config, "a").tcp())
        .isEqualTo(new TcpSettings(Duration.ofSeconds(32_767), Duration.ofDays(24)));
    assertThat(pool(config, "default").tcp())
        .isEqualTo(new TcpSettings(Duration.ofSeconds(7), Duration.ZERO));
  }

  @Test
  void two_minutes_of_silence_bring_a_question_where_nothing_else_is_said() throws ConfigException {
    LobleConfig config = load(MINIMAL);
    TcpSettings expected = new TcpSettings(Duration.ofMinutes(2), Duration.ZERO);
    assertThat(config.listeners().get(0).tcp()).isEqualTo(expected);
    assertThat(pool(config, "default").tcp()).isEqualTo(expected);
  }

  @Test
  void overrides_replace_the_files_backends_in_either_form() throws ConfigException {
    JsonObject shorthand = new JsonObject("{\"backends\":[{\"address\":\"b:1\"}]}");
    JsonObject plain = new JsonObject().put("pools", new JsonObject().put("default", shorthand));
    for (String toml :
        new String[] {MINIMAL, MINIMAL.replace("backends", "pools.default.backends")}) {
      for (JsonObject overrides : new JsonObject[] {shorthand, plain}) {
        assertThat(pool(load(toml, overrides, Map.of()), "default").backends())
            .extracting(BackendConfig::name)
            .containsExactly("b:1");
      }
    }
  }

  @Test
  void overrides_replace_the_default_listener_in_either_form() throws ConfigException {
    String plainToml =
        MINIMAL.replace("[listener]", "[[listeners]]\nname = \"default\"")
            + "[[listeners]]\nname = \"b\"\naddress = \"0.0.0.0:9002\"\n";
    JsonObject shorthand = new JsonObject("{\"listener\":{\"address\":\"0.0.0.0:9001\"}}");
    assertThat(load(plainToml, shorthand, Map.of()).listeners())
        .extracting(l -> l.name() + " " + l.address())
        .containsExactly("default 0.0.0.0:9001", "b 0.0.0.0:9002");
    JsonObject plain =
        new JsonObject("{\"listeners\":[{\"name\":\"default\",\"address\":\"0.0.0.0:9003\"}]}");
    assertThat(load(MINIMAL, plain, Map.of()).listeners())
        .extracting(l -> l.address().toString())
        .containsExactly("0.0.0.0:9003");
  }

  @Test
  void the_environment_alone_makes_a_configuration() throws ConfigException {
    Map<String, String> env =
        Map.of(
            "LB_PORT", "9100",
            "LB_BACKENDS", "10.0.0.1:80;weight=3, [::1]:81,",
            "LB_HEALTH_INTERVAL", "0.5",
            "LB_ID", "edge",
            "LB_SERVICE_HOST", "10.9.9.9");
    LaunchOptions launch = ConfigLoader.launchOptions(NONE, env);
    assertThat(launch.config()).isEmpty();
    LobleConfig config = ConfigLoader.load(launch, env);
    assertThat(config.id()).isEqualTo("edge");
    assertThat(config.listeners())
        .containsExactly(
            new ListenerConfig("default", new HostPort("0.0.0.0", 9100), "default", false));
    assertThat(pool(config, "default").backends())
        .containsExactly(
            new BackendConfig("10.0.0.1:80", new HostPort("10.0.0.1", 80), 3, 0),
            new BackendConfig("[::1]:81", new HostPort("::1", 81), 1, 0));
    assertThat(pool(config, "default").health().active().interval())
        .isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void the_environment_replaces_what_the_file_says() throws ConfigException {
    String toml =
        MINIMAL.replace("backends", "pools.default.backends")
            + "[pools.default]\nalgorithm = \"lc\"\n";
    Map<String, String> env = Map.of("LB_PORT", "9100", "LB_BACKENDS", "a:1", "LB_ALGO", "random");
    LobleConfig config = load(toml, NONE, env);
    assertThat(config.listeners())
        .extracting(l -> l.address().toString())
        .containsExactly("0.0.0.0:9100");
    assertThat(pool(config, "default").backends())
        .extracting(BackendConfig::name)
        .containsExactly("a:1");
    assertThat(pool(config, "default").algorithm()).isEqualTo(Algorithm.RANDOM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LB_PORT | 65536 | a port from 0 to 65535, found the string \"65536\"",
        "LB_PORT | http | a port from 0 to 65535, found the string \"http\"",
        "LB_HEALTH_INTERVAL | 3s | a number of seconds, such as 3 or 0.5, found the string \"3s\"",
        "LB_HEALTH_INTERVAL | 0.001 | a duration of at least 10ms, such as \"250ms\" or \"3s\", found the string \"1ms\"",
        "LB_BACKENDS | a:1;weight=257 | host:port or host:port;weight=N with N from 0 to 256, found the string \"a:1;weight=257\"",
        "LB_BACKENDS | a:1;wieght=2 | host:port or host:port;weight=N with N from 0 to 256, found the string \"a:1;wieght=2\"",
        "LB_BACKENDS | a | host:port, such as \"10.0.0.1:8080\", with a port from 1 to 65535, or the path of a Unix socket, such as \"unix:/run/app.sock\", found the string \"a\"",
      })
  void a_bad_variable_is_an_error_under_its_name(String name, String value, String reason) {
    assertThat(errors(MINIMAL, NONE, Map.of(name, value)))
        .containsExactly("environment: " + name + ": expected " + reason);
  }

  @Test
  void a_backend_twice_in_the_environment_is_an_error() {
    assertThat(errors(MINIMAL, NONE, Map.of("LB_BACKENDS", "a:1,a:1")))
        .containsExactly(
            "environment: LB_BACKENDS: \"a:1\" is given twice; each address may be used only once");
  }

  @Test
  void an_empty_variable_is_not_set() throws ConfigException {
    assertThat(load(MINIMAL, NONE, Map.of("LB_PORT", "", "LB_ALGO", " "))).isEqualTo(load(MINIMAL));
  }

  @Test
  void a_missing_file_is_named_with_what_to_do() throws ConfigException {
    LaunchOptions launch =
        ConfigLoader.launchOptions(new JsonObject().put("config", "conf/nowhere.toml"), Map.of());
    assertThatThrownBy(() -> ConfigLoader.load(launch, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "conf/nowhere.toml: no such file; create it, name a different one (run FILE, or \"config\" in -conf),"
                + " or set LB_PORT and LB_BACKENDS to do without");
  }

  @Test
  void without_conf_the_usual_file_is_loaded() throws ConfigException {
    assertThat(ConfigLoader.launchOptions(NONE, Map.of()))
        .isEqualTo(
            new LaunchOptions(
                "lb-1", "conf/loble.toml", Duration.ofMillis(500), 0, Transport.AUTO, NONE));
  }

  @Test
  void every_error_in_conf_is_reported() {
    JsonObject conf =
        new JsonObject(
            "{\"id\":\"\",\"instance\":2,\"reload_interval\":500,\"instances\":-1,"
                + "\"transport\":\"iouring\",\"overrides\":[]}");
    assertThatThrownBy(() -> ConfigLoader.launchOptions(conf, Map.of()))
        .hasMessage(
            """
            -conf: instance: unknown key; did you mean 'instances'?
            -conf: id: expected a name that is not empty, neither "." nor "..", of at most 255 bytes, and without control or invisible characters, such as "lb-1", found the string ""
            -conf: reload_interval: expected a duration of at least 10ms, such as "250ms" or "3s", found 500
            -conf: instances: expected an integer from 0 to 1024 (each is an event loop, and one a core is enough), found -1
            -conf: transport: expected one of auto, epoll, io_uring, kqueue, nio, found the string "iouring"; did you mean "io_uring"?
            -conf: overrides: expected an object with keys of the TOML file, found an array""");
  }
}
