package io.loble.config.keys;

import static io.loble.config.source.Loading.errors;
import static io.loble.config.source.Loading.errorsOfPlan;
import static io.loble.config.source.Loading.load;
import static io.loble.config.source.Loading.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.loble.config.ErrorPage;
import io.loble.config.HttpMatch;
import io.loble.config.ListenerConfig;
import io.loble.config.ListenerHttp;
import io.loble.config.LobleConfig;
import io.loble.config.RouteAction;
import io.loble.config.RouteConfig;
import io.loble.config.diff.ConfigDiff;
import io.loble.model.Network;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a listener balances requests, and how, as a file says it. */
class HttpKeysTest {

  private static final String LISTENER =
      "[[listeners]]\nname = \"edge\"\naddress = \"0.0.0.0:80\"\npool = \"web\"\n";
  private static final String HTTP = LISTENER + "mode = \"http\"\n";
  private static final String TLS =
      "[listeners.tls]\ncertificates = [{ cert = \"a.pem\", key = \"a.key\" }]\n";
  private static final String POOLS =
      """
      [[pools.web.backends]]
      address = "10.0.0.1:80"
      [[pools.api.backends]]
      address = "10.0.0.2:80"
      """;

  @Test
  void connections_are_balanced_by_default() throws ConfigException {
    assertThat(load(LISTENER + POOLS).listeners().get(0).http()).isEqualTo(ListenerHttp.OFF);
    assertThat(load(LISTENER + "mode = \"tcp\"\n" + POOLS).listeners().get(0).http())
        .isEqualTo(ListenerHttp.OFF);
  }

  @Test
  void requests_are_when_it_says_so() throws ConfigException {
    assertThat(load(HTTP + POOLS).listeners().get(0).http()).isEqualTo(ListenerHttp.ON);
  }

  @Test
  void the_short_form_of_a_listener_has_the_keys_too() throws ConfigException {
    String listener = "[listener]\naddress = \"0.0.0.0:80\"\nmode = \"http\"\n";
    String table = "[listener.http]\ncompression = true\n[pools.default]\n";
    ListenerHttp http = load(listener + table).listeners().get(0).http();
    assertThat(http.on()).isTrue();
    assertThat(http.compression()).isTrue();
  }

  @Test
  void all_keys_are_read() throws ConfigException {
    String keys =
        """
        trusted_proxies = ["10.0.0.0/8"]
        [listeners.http]
        compression = true
        max_head = "4KiB"
        max_streams = 7
        error_pages = { 502 = "a/502.html", 404 = "404.json", 503 = "503.txt" }
        [[listeners.routes]]
        host = ["API.example.com", "*.example.com"]
        path = "/api/"
        method = ["GET", "M-SEARCH"]
        header = { X-Canary = "yes", x-any = "*" }
        order = -3
        strip_prefix = true
        timeout = "30s"
        pool = "api"
        """;
    ListenerConfig listener = plan(HTTP + keys + POOLS).listeners().get(0);
    assertThat(listener.http())
        .isEqualTo(
            new ListenerHttp(
                true,
                List.of(Network.parse("10.0.0.0/8")),
                true,
                4096,
                7,
                Map.of(
                    502, new ErrorPage("a/502.html"),
                    404, new ErrorPage("404.json"),
                    503, new ErrorPage("503.txt"))));
    assertThat(listener.front().routes())
        .containsExactly(
            new RouteConfig(
                List.of(),
                List.of(),
                List.of(),
                "api",
                new HttpMatch(
                    List.of("api.example.com", "*.example.com"),
                    "/api",
                    List.of("GET", "M-SEARCH"),
                    Map.of("x-canary", "yes", "x-any", "*")),
                new RouteAction("/api", Duration.ofSeconds(30), false),
                -3));
    assertThat(listener.http().errorPages().values())
        .extracting(ErrorPage::contentType)
        .containsExactly("application/json", "text/html; charset=utf-8", "text/plain");
  }

  @ParameterizedTest
  @CsvSource({"'\"/v1/\"', /v1", "true, /api", "false, ''", "'\"\"', ''", "'\"/\"', /"})
  void what_is_stripped(String written, String stripped) throws ConfigException {
    String route = route("path = \"/api\"\nstrip_prefix = " + written + "\npool = \"api\"\n");
    assertThat(load(HTTP + route + POOLS).listeners().get(0).front().routes().get(0).action())
        .isEqualTo(new RouteAction(stripped, Duration.ZERO, false));
  }

  @Test
  void a_redirect_needs_no_pool() throws ConfigException {
    ListenerConfig listener =
        load(HTTP + route("redirect = \"https\"\n") + POOLS).listeners().get(0);
    assertThat(listener.front().routes().get(0).action().redirectToHttps()).isTrue();
    assertThat(listener.pools()).isEqualTo(Set.of("web"));
  }

  @Test
  void clients_that_are_decrypted_are_offered_http2_unless_it_says_otherwise()
      throws ConfigException {
    assertThat(plan(HTTP + TLS + POOLS).listeners().get(0).tls().alpn())
        .containsExactly("h2", "http/1.1");
    assertThat(plan(HTTP + TLS + "alpn = [\"http/1.1\"]\n" + POOLS).listeners().get(0).tls().alpn())
        .containsExactly("http/1.1");
    assertThat(plan(LISTENER + TLS + POOLS).listeners().get(0).tls().alpn()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trusted_proxies = [\"10.0.0.0/8\"] | trusted_proxies",
        "http = { compression = true }      | http",
        "http = { max_head = \"4KiB\" }     | http",
      })
  void keys_about_requests_need_the_mode(String key, String place) {
    assertThat(errors(LISTENER + key + "\n" + POOLS))
        .containsExactly(
            "loble.toml:5:1: listeners[0]."
                + place
                + ": needs mode = \"http\" of the listener; give that, or leave this out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host = [\"x\"]         | host",
        "path = \"/x\"          | path",
        "method = [\"GET\"]     | method",
        "header = { x = \"y\" } | header",
        "strip_prefix = \"/x\"  | strip_prefix",
        "timeout = \"1s\"       | timeout",
        "order = 1              | order",
      })
  void so_do_those_of_routes(String key, String name) {
    assertThat(errors(LISTENER + route(key + "\npool = \"api\"\n") + POOLS))
        .containsExactly(
            "loble.toml:6:1: listeners[0].routes[0]."
                + name
                + ": needs mode = \"http\" of the listener; give that, or leave this out");
  }

  @Test
  void so_does_a_redirect() {
    assertThat(errors(LISTENER + route("redirect = \"https\"\n") + POOLS))
        .containsExactly(
            "loble.toml:6:1: listeners[0].routes[0].redirect: needs mode = \"http\" of the"
                + " listener; give that, or leave this out");
  }

  @Test
  void a_mode_that_is_wrong_is_all_that_is_told() {
    assertThat(
            errors(
                LISTENER + "mode = \"htp\"\n" + route("path = \"/x\"\npool = \"api\"\n") + POOLS))
        .containsExactly(
            "loble.toml:5:1: listeners[0].mode: expected one of tcp, http, found the string"
                + " \"htp\"; did you mean \"http\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_head = \"1023B\"               | max_head: expected a size from 1KiB to 64KiB, such as \"32KiB\", found the string \"1023B\"",
        "max_head = \"65KiB\"               | max_head: expected a size from 1KiB to 64KiB, such as \"32KiB\", found the string \"65KiB\"",
        "max_head = \"999999999KiB\"        | max_head: expected a size from 1KiB to 64KiB, such as \"32KiB\", found the string \"999999999KiB\"",
        "max_streams = 0                    | max_streams: expected an integer from 1 to 1000, found 0",
        "max_streams = 1001                 | max_streams: expected an integer from 1 to 1000, found 1001",
        "error_pages = { 200 = \"a.html\" } | error_pages.200: a page is for a status from 400 to 599",
        "error_pages = { 600 = \"a.html\" } | error_pages.600: a page is for a status from 400 to 599",
        "error_pages = { x = \"a.html\" }   | error_pages.x: a page is for a status from 400 to 599",
        "error_pages = { 404 = \"a.php\" }  | error_pages.404: expected the path of a file that ends in one of .html, .json, .txt, found the string \"a.php\"",
        "error_pages = { 404 = 1 }          | error_pages.404: expected the path of a file that ends in one of .html, .json, .txt, found 1",
        "error_pages = \"a.html\"           | error_pages: expected a table of files, such as { 502 = \"pages/502.html\" }, found the string \"a.html\"",
      })
  void wrong_values_of_the_table(String key, String error) {
    assertThat(errorsOfPlan(HTTP + "[listeners.http]\n" + key + "\n" + POOLS))
        .singleElement()
        .asString()
        .endsWith("listeners[0].http." + error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api", "/a b", "/a%20b", "/%2e%2e", "/a/../b", "/..", "/a/.", "/./a", "//", "/a//b", "/a?b",
        "/a#b", "/ä", "*", " ", "/a\\\\b"
      })
  void paths_that_could_mean_two_things_are_errors(String path) {
    assertThat(errors(HTTP + route("path = \"" + path + "\"\npool = \"api\"\n") + POOLS))
        .singleElement()
        .asString()
        .startsWith(
            "loble.toml:7:1: listeners[0].routes[0].path: expected \"\", or a path without %, ?, #,"
                + " empty segments, . and .., such as \"/api/\", found the string");
    assertThat(errors(HTTP + route("strip_prefix = \"" + path + "\"\npool = \"api\"\n") + POOLS))
        .singleElement()
        .asString()
        .startsWith("loble.toml:7:1: listeners[0].routes[0].strip_prefix: expected true for");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/.well-known/acme", "/a/...", "/a.b/c-d_e~f", "/a/b/", "/@x;y=1,2"})
  void other_paths_are_read(String path) throws ConfigException {
    String route = route("path = \"" + path + "\"\npool = \"api\"\n");
    assertThat(load(HTTP + route + POOLS).listeners().get(0).front().routes().get(0).match().path())
        .isIn(path, path.substring(0, path.length() - 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host = [\"x:80\"]              | host[0]: expected a host name such as",
        "host = [\"x\", \"X\"]          | host[1]: \"x\" is given twice",
        "host = \"x\"                   | host: expected an array of names",
        "method = [\"get\"]             | method[0]: expected the name of a method in capitals, such as \"GET\", found the string \"get\"",
        "method = [\"\"]                | method[0]: expected the name of a method",
        "header = { \"a b\" = \"x\" }   | header.\"a b\": is not the name of a header",
        "header = { a = \" x\" }        | header.a: expected printable ASCII without spaces around it",
        "header = { a = \"x\\ny\" }     | header.a: expected printable ASCII without spaces around it",
        "header = { a = 1 }             | header.a: expected printable ASCII without spaces around it",
        "header = { a = \"1\", A = \"2\" } | header.A: \"a\" is given twice",
        "header = [\"a\"]               | header: expected a table of headers",
        "strip_prefix = true            | strip_prefix: the route has no path that could be taken off; give one with path, or write here what is taken off",
        "strip_prefix = 1               | strip_prefix: expected true for the route's own path, false",
        "timeout = \"25h\"              | timeout: expected a duration of at most 24h",
        "redirect = \"http\"            | redirect: expected \"https\" or \"\", found the string \"http\"",
        "order = 1001                   | order: expected an integer from -1000 to 1000, found 1001",
      })
  void wrong_values_of_routes(String key, String error) {
    assertThat(errors(HTTP + route(key + "\npool = \"api\"\n") + POOLS))
        .singleElement()
        .asString()
        .startsWith("loble.toml:7:")
        .contains(": listeners[0].routes[0]." + error);
  }

  @Test
  void without_a_redirect_there_must_be_a_pool() {
    String missing = "missing; expected the name of a pool";
    assertThat(errors(HTTP + route("path = \"/x\"\n") + POOLS))
        .containsExactly("loble.toml:6:1: listeners[0].routes[0].pool: " + missing);
    assertThat(errors(HTTP + route("pool = \"\"\n") + POOLS))
        .containsExactly("loble.toml:7:1: listeners[0].routes[0].pool: " + missing);
  }

  @Test
  void with_a_redirect_what_backends_get_is_an_error() {
    String why =
        ": a request that is redirected goes to no backend; leave it out, or leave redirect out";
    String keys = "path = \"/x\"\npool = \"api\"\nstrip_prefix = true\ntimeout = \"1s\"\n";
    assertThat(errors(HTTP + route("redirect = \"https\"\n" + keys) + POOLS))
        .containsExactly(
            "loble.toml:9:1: listeners[0].routes[0].pool" + why,
            "loble.toml:10:1: listeners[0].routes[0].strip_prefix" + why,
            "loble.toml:11:1: listeners[0].routes[0].timeout" + why);
  }

  @Test
  void the_pool_of_a_route_must_exist() {
    assertThat(errors(HTTP + route("pool = \"apo\"\n") + POOLS))
        .singleElement()
        .asString()
        .contains("routes[0].pool: there is no pool \"apo\"")
        .endsWith("did you mean 'api'?");
  }

  @Test
  void what_clients_ask_for_by_tls_needs_tls() {
    String keys = "sni = [\"x\"]\nalpn = [\"h2\"]\npool = \"api\"\n";
    String why =
        ": clients ask for it by TLS, which this listener does not speak; add [listeners.tls], or"
            + " leave this out";
    assertThat(errors(HTTP + route(keys) + POOLS))
        .containsExactly(
            "loble.toml:7:1: listeners[0].routes[0].sni" + why,
            "loble.toml:8:1: listeners[0].routes[0].alpn" + why);
    assertThat(errorsOfPlan(HTTP + TLS + route(keys) + POOLS)).isEmpty();
    assertThat(errors(LISTENER + route(keys) + POOLS)).isEmpty();
  }

  @Test
  void only_versions_of_http_are_agreed_on() {
    assertThat(errorsOfPlan(HTTP + TLS + "alpn = [\"h2\", \"http/1.0\", \"http/1.1\"]\n" + POOLS))
        .isEmpty();
    assertThat(errorsOfPlan(HTTP + TLS + "alpn = [\"h2\", \"imap\"]\n" + POOLS))
        .containsExactly(
            "loble.toml:8:1: listeners[0].tls.alpn: \"imap\" is not spoken with mode = \"http\";"
                + " known here: h2, http/1.1, http/1.0");
  }

  @Test
  void bandwidth_is_an_error() {
    assertThat(errors(HTTP + "bandwidth = \"1MiB/s\"\n" + POOLS))
        .containsExactly(
            "loble.toml:6:1: listeners[0].bandwidth: holds for connections, not for requests; leave"
                + " it out, or have mode = \"tcp\"");
  }

  @Test
  void starttls_is_an_error() {
    assertThat(errors(HTTP + "starttls = \"postgres\"\n" + POOLS))
        .containsExactly(
            "loble.toml:6:1: listeners[0].starttls: clients of HTTP do not ask for TLS so; leave it"
                + " out, or have mode = \"tcp\"");
  }

  @Test
  void clients_of_a_unix_socket_are_no_trusted_proxies() {
    String listener =
        """
        [[listeners]]
        name = "edge"
        address = "unix:/tmp/a.sock"
        pool = "web"
        mode = "http"
        trusted_proxies = ["10.0.0.0/8"]
        """;
    assertThat(errors(listener + POOLS))
        .singleElement()
        .asString()
        .startsWith("loble.toml:6:1: listeners[0].trusted_proxies: clients of a Unix socket have");
    assertThat(errors(listener + "accept_proxy = \"required\"\n" + POOLS)).isEmpty();
  }

  @Test
  void error_pages_must_be_there_and_small(@TempDir Path directory) throws IOException {
    Path large = Files.write(directory.resolve("large.html"), new byte[64 * 1024 + 1]);
    Path missing = directory.resolve("missing.html");
    Path right = Files.write(directory.resolve("right.html"), new byte[64 * 1024]);
    String pages =
        "[listeners.http.error_pages]\n502 = \"%s\"\n503 = \"%s\"\n504 = \"%s\"\n505 = \"%s\"\n"
            .formatted(large, missing, right, directory.resolve("d.html"));
    Files.createDirectory(directory.resolve("d.html"));
    assertThat(errors(HTTP + pages + POOLS))
        .containsExactly(
            "loble.toml:7:1: listeners[0].http.error_pages.502: "
                + large
                + ": has more than 64 KiB",
            "loble.toml:8:1: listeners[0].http.error_pages.503: "
                + missing
                + ": no such file; create it, or correct the path",
            "loble.toml:10:1: listeners[0].http.error_pages.505: "
                + directory.resolve("d.html")
                + ": is a directory, not a file");
    assertThat(errorsOfPlan(HTTP + pages + POOLS)).isEmpty();
  }

  @Test
  void routes_are_warned_of_in_the_order_in_which_they_are_asked() throws ConfigException {
    String api = route("path = \"/api\"\npool = \"api\"\n");
    String below = route("path = \"/api/v2\"\npool = \"api\"\n");
    String late = route("path = \"/api/v3\"\norder = 1\npool = \"api\"\n");
    assertThat(ConfigWarnings.of(load(HTTP + api + below + late + POOLS)))
        .containsExactly(
            "listeners.edge.routes[2]: is never taken, since routes[0] takes all of its clients"
                + " before");
  }

  @Test
  void a_redirect_to_where_the_client_is_is_warned_of() throws ConfigException {
    assertThat(
            ConfigWarnings.of(
                plan(HTTP + TLS + route("redirect = \"https\"\npath = \"/a\"\n") + POOLS)))
        .contains(
            "listeners.edge.routes[0].redirect: clients come by TLS already, and may be sent here"
                + " again and again");
  }

  @Test
  void a_change_is_named_by_its_keys() throws ConfigException {
    LobleConfig before = load(LISTENER + POOLS);
    LobleConfig after =
        load(HTTP + "trusted_proxies = [\"::1\"]\n[listeners.http]\nmax_head = \"4KiB\"\n" + POOLS);
    ConfigDiff diff = ConfigDiff.between(before, after);
    assertThat(diff.lines())
        .containsExactly(
            "~ listener edge: mode tcp -> http",
            "~ listener edge: trusted_proxies [] -> [\"::1/128\"]",
            "~ listener edge: http.max_head 32KiB -> 4KiB");
    assertThat(diff.apply(before)).isEqualTo(after);
    assertThat(ConfigDiff.between(after, before).apply(after)).isEqualTo(before);
  }

  @Test
  void a_command_changes_single_keys() throws ConfigException {
    ListenerConfig listener =
        load(HTTP + "[listeners.http]\nmax_streams = 7\n" + POOLS).listeners().get(0);
    ListenerConfig changed =
        ConfigParts.listener(
            listener, new JsonObject().put("http", new JsonObject().put("compression", true)));
    assertThat(changed.http())
        .isEqualTo(
            new ListenerHttp(true, List.of(), true, ListenerHttp.OFF.maxHead(), 7, Map.of()));
  }

  @Test
  void a_command_may_end_it_when_nothing_about_requests_is_left() throws ConfigException {
    JsonObject tcp = new JsonObject().put("mode", "tcp");
    ListenerConfig plain = load(HTTP + POOLS).listeners().get(0);
    assertThat(ConfigParts.listener(plain, tcp).http()).isEqualTo(ListenerHttp.OFF);

    ListenerConfig routed =
        load(HTTP + route("path = \"/x\"\npool = \"api\"\n") + POOLS).listeners().get(0);
    assertThatThrownBy(() -> ConfigParts.listener(routed, tcp))
        .hasMessageContaining("routes: path needs mode");
  }

  private static String route(String keys) {
    return "[[listeners.routes]]\n" + keys;
  }
}
