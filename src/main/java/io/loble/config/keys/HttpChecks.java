package io.loble.config.keys;

import io.loble.config.ListenerConfig;
import io.loble.config.ListenerHttp;
import io.loble.config.RouteConfig;
import io.loble.config.keys.HttpKeys.Mode;
import io.loble.config.read.Field;
import io.loble.config.read.Node;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import io.loble.config.read.Values;
import io.loble.preface.Starttls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds keys of a listener that make no sense for what it balances. */
final class HttpChecks {

  private static final Set<String> VERSIONS = Set.of("h2", "http/1.1", "http/1.0");

  private static final String NEEDS_HTTP =
      "needs mode = \"http\" of the listener; give that, or leave this out";
  private static final String NEEDS_TLS =
      "clients ask for it by TLS, which this listener does not speak; add [listeners.tls], or leave"
          + " this out";

  private final Values<ListenerConfig> values;
  private final Problems problems;

  private HttpChecks(Values<ListenerConfig> values, Problems problems) {
    this.values = values;
    this.problems = problems;
  }

  static void check(Values<ListenerConfig> values, Problems problems) {
    if (values.unusable(HttpKeys.MODE)) {
      return;
    }
    HttpChecks checks = new HttpChecks(values, problems);
    if (values.get(HttpKeys.MODE) == Mode.HTTP) {
      checks.http();
    } else {
      checks.tcp();
    }
  }

  private void tcp() {
    if (!values.get(HttpKeys.TRUSTED_PROXIES).isEmpty()) {
      problems.add(values.place(HttpKeys.TRUSTED_PROXIES), NEEDS_HTTP);
    }
    if (!HttpKeys.table(values).equals(ListenerHttp.OFF)) {
      problems.add(values.place(HttpKeys.HTTP), NEEDS_HTTP);
    }
    routes(
        route -> RouteKeys.OF_REQUESTS.stream().filter(key -> isGiven(key, route)).toList(),
        NEEDS_HTTP);
  }

  private void http() {
    if (values.get(FrontKeys.STARTTLS) != Starttls.OFF) {
      problems.add(
          values.place(FrontKeys.STARTTLS),
          "clients of HTTP do not ask for TLS so; leave it out, or have mode = \"tcp\"");
    }
    if (!values.get(SocketKeys.BANDWIDTH).equals(SocketKeys.BANDWIDTH.fallback())) {
      problems.add(
          values.place(SocketKeys.BANDWIDTH),
          "holds for connections, not for requests; leave it out, or have mode = \"tcp\"");
    }
    if (!values.get(ListenerTlsKeys.LISTENER_TLS).isOn()) {
      if (!values.unusable(ListenerTlsKeys.LISTENER_TLS)) {
        routes(HttpChecks::ofTls, NEEDS_TLS);
      }
      return;
    }
    values.get(ListenerTlsKeys.LISTENER_TLS).alpn().stream()
        .filter(protocol -> !VERSIONS.contains(protocol))
        .forEach(protocol -> problems.add(alpn(), noVersion(protocol)));
  }

  private static String noVersion(String protocol) {
    return "\""
        + protocol
        + "\" is not spoken with mode = \"http\"; known here: h2, http/1.1, http/1.0";
  }

  private Place alpn() {
    Optional<Node> tls = values.node(ListenerTlsKeys.LISTENER_TLS);
    String key = ListenerTlsKeys.ALPN.name();
    return tls.flatMap(
            node -> node instanceof Node.Table table ? table.child(key) : Optional.empty())
        .map(Node::place)
        .orElse(values.place(ListenerTlsKeys.LISTENER_TLS).child(key));
  }

  private static List<Field<RouteConfig, ?>> ofTls(RouteConfig route) {
    List<Field<RouteConfig, ?>> given = new ArrayList<>();
    if (!route.sni().isEmpty()) {
      given.add(RouteKeys.SNI);
    }
    if (!route.alpn().isEmpty()) {
      given.add(RouteKeys.ALPN);
    }
    return given;
  }

  private static <T> boolean isGiven(Field<RouteConfig, T> key, RouteConfig route) {
    T value = key.getter().apply(route);
    return !value.equals(key.fallback());
  }

  /** Reports what is wrong with routes, at their own places if they are written here. */
  private void routes(Function<RouteConfig, List<Field<RouteConfig, ?>>> wrong, String why) {
    Optional<Node> node = values.node(FrontKeys.ROUTES);
    if (node.isEmpty()) {
      values.get(FrontKeys.ROUTES).stream()
          .flatMap(route -> wrong.apply(route).stream())
          .forEach(key -> problems.add(values.place(FrontKeys.ROUTES), key.name() + ' ' + why));
      return;
    }
    for (Section.Entry<RouteConfig> route : RouteKeys.LIST.entries(node.get(), new Problems())) {
      wrong.apply(route.record()).forEach(key -> problems.add(route.values().place(key), why));
    }
  }
}
