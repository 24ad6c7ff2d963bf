package io.loble.config.keys;

import static io.loble.config.source.Loading.errors;
import static io.loble.config.source.Loading.load;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.AcceptProxy;
import io.loble.config.ConfigException;
import io.loble.config.FrontConfig;
import io.loble.config.LobleConfig;
import io.loble.config.RouteConfig;
import io.loble.config.diff.ConfigDiff;
import io.loble.model.Network;
import io.loble.preface.Starttls;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener asks of its clients, as a file says it. */
class FrontKeysTest {

  private static final String LISTENER =
      "[[listeners]]\nname = \"edge\"\naddress = \"0.0.0.0:443\"\npool = \"web\"\n";
  private static final String POOLS =
      """
      [[pools.web.backends]]
      address = "10.0.0.1:443"
      [[pools.db.backends]]
      address = "10.0.0.2:443"
      """;

  @Test
  void nothing_is_asked_for_by_default() throws ConfigException {
    assertThat(load(LISTENER + POOLS).listeners().get(0).front()).isEqualTo(FrontConfig.NONE);
  }

  @Test
  void the_short_form_of_a_listener_has_them_too() throws ConfigException {
    String listener =
        """
        [listener]
        address = "0.0.0.0:443"
        accept_proxy = "required"
        [[listener.routes]]
        sni = ["x"]
        pool = "db"
        [pools.default]
        """;
    assertThat(load(listener + POOLS).listeners().get(0).front())
        .isEqualTo(
            FrontConfig.NONE
                .withProxyFrom()
                .withRoutes(new RouteConfig(List.of("x"), List.of(), List.of(), "db")));
  }

  @Test
  void all_keys_are_read() throws ConfigException {
    String keys =
        """
        accept_proxy = "required"
        accept_proxy_from = ["10.0.0.0/8", "2001:db8::1"]
        sniff_timeout = "250ms"
        starttls = "postgres"
        [[listeners.routes]]
        sni = ["DB.example.com.", "*.example.com"]
        alpn = ["h2"]
        client = ["::ffff:10.1.0.0/112"]
        pool = "db"
        """;
    assertThat(load(LISTENER + keys + POOLS).listeners().get(0).front())
        .isEqualTo(
            new FrontConfig(
                AcceptProxy.REQUIRED,
                List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::1")),
                Duration.ofMillis(250),
                Starttls.POSTGRES,
                List.of(
                    new RouteConfig(
                        List.of("db.example.com", "*.example.com"),
                        List.of("h2"),
                        List.of(Network.parse("10.1.0.0/16")),
                        "db"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "*.",
        "a.*.example.com",
        "*example.com",
        "**.example.com",
        "exa mple.com",
        "bücher.example",
        ".example.com",
        "a..b",
        ""
      })
  void a_name_of_another_form_is_refused(String name) {
    assertThat(errors(LISTENER + route("sni = [\"" + name + "\"]", "db") + POOLS))
        .singleElement()
        .asString()
        .startsWith("loble.toml:6:8: listeners[0].routes[0].sni[0]: expected a host name such as");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client = [\"10.0.0.1/8\"]|client[0]: expected a network such as 10.0.0.0/8",
        "client = \"10.0.0.0/8\"|client: expected an array of networks",
        "alpn = [\"\"]|alpn[0]: expected the name of a protocol",
        "alpn = [\"h2\", \"h2\"]|alpn[1]: \"h2\" is given twice",
        "sin = [\"a\"]|sin: unknown key; known here: sni"
      })
  void a_wrong_condition_is_refused(String condition, String error) {
    assertThat(errors(LISTENER + route(condition, "db") + POOLS))
        .singleElement()
        .asString()
        .contains("listeners[0].routes[0]." + error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accept_proxy = \"require\"|did you mean \"required\"?",
        "sniff_timeout = \"0s\"|expected a duration from 1ms to 1h",
        "starttls = \"smtp\"|expected one of off, postgres",
        "accept_proxy_from = [\"proxy\"]|accept_proxy_from[0]: expected a network such as"
      })
  void a_wrong_key_of_the_listener_is_refused(String key, String error) {
    assertThat(errors(LISTENER + key + "\n" + POOLS)).singleElement().asString().contains(error);
  }

  @Test
  void the_pool_of_a_route_has_to_exist() {
    assertThat(errors(LISTENER + route("sni = [\"a\"]", "bd") + POOLS))
        .containsExactly(
            "loble.toml:7:1: listeners[0].routes[0].pool: there is no pool \"bd\""
                + " (one is added with [[pools.bd.backends]]); known here: web, db");
    assertThat(errors(LISTENER + "[[listeners.routes]]\nsni = [\"a\"]\n" + POOLS))
        .containsExactly(
            "loble.toml:5:1: listeners[0].routes[0].pool: missing; expected the name of a pool");
  }

  @Test
  void a_listener_may_have_routes_only() throws ConfigException {
    String listener = LISTENER.replace("\"web\"", "\"\"");
    LobleConfig config = load(listener + route("sni = [\"a\"]", "db") + POOLS);
    assertThat(config.listeners().get(0).pools()).containsExactly("db");
    assertThat(ConfigWarnings.of(config)).containsExactly("pools.web: no listener uses this pool");
    assertThat(ConfigWarnings.of(load(listener + POOLS)))
        .contains(
            "listeners.edge.pool: there is neither a pool nor a route, so every client is refused");
  }

  @Test
  void a_route_that_is_never_taken_is_a_warning() throws ConfigException {
    String routes =
        route("sni = [\"*.example.com\"]", "db")
            + route("sni = [\"a.example.com\", \"b.c.example.com\"]\nalpn = [\"h2\"]", "web")
            + route("client = [\"10.0.0.0/8\"]", "db")
            + route("client = [\"10.1.0.0/16\"]\nsni = [\"x\"]", "web")
            + route("sni = [\"a.example.com\", \"x\"]", "web");
    assertThat(ConfigWarnings.of(load(LISTENER + routes + POOLS)))
        .containsExactly(
            "listeners.edge.routes[1]: is never taken, since routes[0] takes all of its clients"
                + " before",
            "listeners.edge.routes[3]: is never taken, since routes[2] takes all of its clients"
                + " before");
  }

  @Test
  void senders_without_a_header_are_a_warning() throws ConfigException {
    String keys = "accept_proxy_from = [\"10.0.0.0/8\"]\n" + route("sni = [\"x\"]", "db");
    assertThat(ConfigWarnings.of(load(LISTENER + keys + POOLS)))
        .containsExactly(
            "listeners.edge.accept_proxy_from: has no effect while accept_proxy is off");
  }

  @Test
  void a_loop_by_way_of_a_route_is_refused() {
    String route = route("sni = [\"x\"]", "db");
    String pools = POOLS.replace("10.0.0.2:443", "127.0.0.1:443");
    assertThat(errors(LISTENER + route + pools))
        .singleElement()
        .asString()
        .contains("127.0.0.1:443 is the listener \"edge\" of this process");
  }

  @Test
  void a_change_is_named_with_all_routes() throws ConfigException {
    LobleConfig before = load(LISTENER + POOLS);
    LobleConfig after =
        load(LISTENER + "accept_proxy = \"required\"\n" + route("sni = [\"x\"]", "db") + POOLS);
    ConfigDiff diff = ConfigDiff.between(before, after);
    assertThat(diff.lines())
        .containsExactly(
            "~ listener edge: accept_proxy off -> required",
            "~ listener edge: routes [] ->"
                + " [{\"sni\":[\"x\"],\"alpn\":[],\"client\":[],\"pool\":\"db\"}]");
    assertThat(diff.apply(before)).isEqualTo(after);
  }

  private static String route(String conditions, String pool) {
    return "[[listeners.routes]]\n" + conditions + "\npool = \"" + pool + "\"\n";
  }
}
