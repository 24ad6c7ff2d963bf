package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.FrontConfig;
import io.loble.config.HttpMatch;
import io.loble.config.ListenerConfig;
import io.loble.config.ListenerHttp;
import io.loble.config.RouteAction;
import io.loble.config.RouteConfig;
import io.loble.model.HostPort;
import io.loble.model.Network;
import io.loble.preface.PrefaceNeeds;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which route takes a request, and what has to be known of its client for that. */
class RequestRoutesTest {

  private static final ClientInfo CLIENT = client("192.0.2.1");

  @Test
  void the_longest_path_of_a_host_takes_it() {
    Routes routes = routes(match("/"), match("/api"), match("/api/v2"));
    assertThat(taken(routes, request("/"))).contains(0);
    assertThat(taken(routes, request("/apix"))).contains(0);
    assertThat(taken(routes, request("/api"))).contains(1);
    assertThat(taken(routes, request("/api/v2/x"))).contains(2);
    assertThat(taken(routes, request("*"))).isEmpty();
  }

  @Test
  void a_path_is_compared_as_it_came() {
    Routes routes = routes(match("/api"));
    assertThat(taken(routes, request("/%61pi"))).isEmpty();
    assertThat(taken(routes, request("/API"))).isEmpty();
    assertThat(taken(routes, request("/api/%2e%2e/x"))).contains(0);
  }

  @Test
  void a_host_is_one_of_the_names_or_below_one() {
    HttpMatch match = new HttpMatch(List.of("a.example", "*.b.example"), "", List.of(), Map.of());
    Routes routes = routes(match);
    assertThat(taken(routes, request("GET", "a.example", "/", Map.of()))).contains(0);
    assertThat(taken(routes, request("GET", "x.y.b.example", "/", Map.of()))).contains(0);
    assertThat(taken(routes, request("GET", "b.example", "/", Map.of()))).isEmpty();
    assertThat(taken(routes, request("GET", "x.a.example", "/", Map.of()))).isEmpty();
    assertThat(taken(routes, request("GET", null, "/", Map.of()))).isEmpty();
  }

  @Test
  void all_headers_must_be_there_with_their_values() {
    HttpMatch match =
        new HttpMatch(List.of(), "", List.of(), Map.of("x-a", "1", "x-b", HttpMatch.ANY_VALUE));
    Routes routes = routes(match);
    assertThat(taken(routes, request("GET", "h", "/", Map.of("x-a", "1", "x-b", "")))).contains(0);
    assertThat(taken(routes, request("GET", "h", "/", Map.of("x-a", "1")))).isEmpty();
    assertThat(taken(routes, request("GET", "h", "/", Map.of("x-a", "2", "x-b", "1")))).isEmpty();
    assertThat(taken(routes, request("GET", "h", "/", Map.of("x-a", "1 ", "x-b", "1")))).isEmpty();
  }

  @Test
  void a_method_is_one_of_those_named() {
    Routes routes = routes(new HttpMatch(List.of(), "", List.of("GET", "HEAD"), Map.of()));
    assertThat(taken(routes, request("HEAD", "h", "/", Map.of()))).contains(0);
    assertThat(taken(routes, request("get", "h", "/", Map.of()))).isEmpty();
    assertThat(taken(routes, request("POST", "h", "/", Map.of()))).isEmpty();
  }

  @Test
  void what_is_known_of_the_client_counts_as_well() {
    RouteConfig inside =
        new RouteConfig(
            List.of("x"),
            List.of("h2"),
            List.of(Network.parse("10.0.0.0/8")),
            "inside",
            new HttpMatch(List.of("a.example"), "/api", List.of("GET"), Map.of("x-a", "*")),
            RouteAction.NONE,
            0);
    Routes routes = new Routes(List.of(inside));
    RequestInfo request = request("GET", "a.example", "/api/x", Map.of("x-a", "1"));
    ClientInfo known = new ClientInfo(ip("10.0.0.1"), "x", List.of("h2"));
    assertThat(taken(routes, request, known)).contains(0);
    assertThat(taken(routes, request, new ClientInfo(ip("192.0.2.1"), "x", List.of("h2"))))
        .isEmpty();
    assertThat(taken(routes, request, new ClientInfo(ip("10.0.0.1"), "y", List.of("h2"))))
        .isEmpty();
    assertThat(taken(routes, request, new ClientInfo(ip("10.0.0.1"), "x", List.of()))).isEmpty();
    assertThat(routes.of(known, request).map(route -> route.why(known, request)))
        .contains(
            "host a.example, path /api, method GET, header x-a, sni x, alpn h2, client 10.0.0.0/8");
  }

  @Test
  void a_route_says_what_is_done() {
    RouteAction action = new RouteAction("/api", Duration.ofSeconds(1), false);
    Routes routes =
        new Routes(
            List.of(
                new RouteConfig(List.of(), List.of(), List.of(), "p", HttpMatch.ANY, action, 0)));
    Route route = routes.of(CLIENT, request("/")).orElseThrow();
    assertThat(route.action()).isEqualTo(action);
    assertThat(route.why(CLIENT, request("/"))).isEqualTo("it has no condition");
  }

  @Test
  void nothing_is_sniffed_of_clients_that_send_requests() {
    RouteConfig named = new RouteConfig(List.of("x"), List.of(), List.of(), "p");
    FrontConfig routed = FrontConfig.NONE.withRoutes(named);
    assertThat(needs(listener(routed))).isEqualTo(PrefaceNeeds.NOTHING);
    assertThat(needs(listener(routed.withProxyFrom())).proxyHeader()).isTrue();
    assertThat(needs(listener(routed.withProxyFrom())).hello()).isFalse();
    assertThat(needs(listener(routed).withHttp(ListenerHttp.OFF)).hello()).isTrue();
  }

  @Test
  void without_a_route_there_is_nothing_to_learn() {
    assertThat(Front.of(listener(FrontConfig.NONE), false)).isNull();
    assertThat(Front.of(listener(FrontConfig.NONE), true)).isNull();
    assertThat(Front.of(listener(FrontConfig.NONE.withProxyFrom()), false)).isNotNull();
    assertThat(Front.of(listener(FrontConfig.NONE).withHttp(ListenerHttp.OFF), true)).isNotNull();
  }

  private static PrefaceNeeds needs(ListenerConfig listener) {
    return Objects.requireNonNull(Front.of(listener, true))
        .needs(new InetSocketAddress("192.0.2.1", 1));
  }

  private static ListenerConfig listener(FrontConfig front) {
    return new ListenerConfig("l", new HostPort("127.0.0.1", 0), "p", false)
        .withFront(front)
        .withHttp(ListenerHttp.ON);
  }

  private static Optional<Integer> taken(Routes routes, RequestInfo request) {
    return taken(routes, request, CLIENT);
  }

  private static Optional<Integer> taken(Routes routes, RequestInfo request, ClientInfo client) {
    return routes.of(client, request).map(Route::index);
  }

  private static HttpMatch match(String path) {
    return new HttpMatch(List.of(), path, List.of(), Map.of());
  }

  private static Routes routes(HttpMatch... matches) {
    return new Routes(
        List.of(matches).stream()
            .map(
                match ->
                    new RouteConfig(
                        List.of(), List.of(), List.of(), "p", match, RouteAction.NONE, 0))
            .toList());
  }

  private static RequestInfo request(String path) {
    return request("GET", "h", path, Map.of());
  }

  private static RequestInfo request(
      String method, @Nullable String host, String path, Map<String, String> headers) {
    return new Request(method, host, path, headers);
  }

  /** A request that has only what routes ask for. */
  private record Request(
      String method, @Nullable String host, String path, Map<String, String> headers)
      implements RequestInfo {

    @Override
    public @Nullable String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  private static ClientInfo client(String address) {
    return new ClientInfo(ip(address), null, List.of());
  }

  private static InetAddress ip(String text) {
    return Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(text));
  }
}
