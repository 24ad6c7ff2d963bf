package io.loble.config.keys;

import io.loble.config.HttpMatch;
import io.loble.config.RouteAction;
import io.loble.config.RouteConfig;
import io.loble.config.read.Codec;
import io.loble.config.read.Field;
import io.loble.config.read.HttpScalars;
import io.loble.config.read.ListCodec;
import io.loble.config.read.Problems;
import io.loble.config.read.ScalarCodec;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.ServerNames;
import io.loble.config.read.TableList;
import io.loble.config.read.TlsScalars;
import io.loble.config.read.Unwritten;
import io.loble.config.read.Values;
import io.loble.model.Network;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The keys of {@code [[listeners.routes]]}, and the rules among them. */
final class RouteKeys {

  private static final int MOST_ORDER = 1000;
  private static final String POOL_EXPECTED = "the name of a pool";

  private static final ScalarCodec<String> SERVER_NAME =
      Scalars.parsed(ServerNames.EXPECTED, ServerNames::read)
          .describedBy(
              new JsonObject()
                  .put("type", "string")
                  .put("pattern", "^(\\*\\.)?[a-zA-Z0-9_-]+(\\.[a-zA-Z0-9_-]+)*\\.?$"));

  private static final ListCodec<String> NAMES =
      new ListCodec<>(SERVER_NAME, "an array of names, such as [\"*.example.com\"]");

  static final Field<RouteConfig, List<String>> SNI =
      Field.optional("sni", NAMES, RouteConfig::sni, List.of());
  static final Field<RouteConfig, List<String>> ALPN =
      Field.optional("alpn", TlsScalars.protocols(), RouteConfig::alpn, List.of());
  private static final Field<RouteConfig, List<Network>> CLIENT =
      Field.optional("client", FrontKeys.NETWORKS, RouteConfig::client, List.of());
  static final Field<RouteConfig, String> POOL =
      Field.optional(
          "pool",
          Scalars.text(POOL_EXPECTED, s -> s.isEmpty() || !s.isBlank()),
          RouteConfig::pool,
          "");

  private static final Field<RouteConfig, List<String>> HOST =
      ofRequests("host", NAMES, route -> route.match().hosts(), List.of());
  private static final Field<RouteConfig, String> PATH =
      ofRequests("path", HttpScalars.path(), route -> route.match().path(), "");
  private static final Field<RouteConfig, List<String>> METHOD =
      ofRequests("method", HttpScalars.methods(), route -> route.match().methods(), List.of());
  private static final Field<RouteConfig, Map<String, String>> HEADER =
      ofRequests("header", HttpScalars.headers(), route -> route.match().headers(), Map.of());
  private static final Field<RouteConfig, String> STRIP_PREFIX =
      ofRequests(
          "strip_prefix",
          HttpScalars.stripPrefix(),
          route -> route.action().stripPrefix(),
          RouteAction.NONE.stripPrefix());
  private static final Field<RouteConfig, Duration> TIMEOUT =
      ofRequests(
          "timeout",
          Scalars.durationUpTo(Duration.ofHours(24)),
          route -> route.action().timeout(),
          RouteAction.NONE.timeout());
  private static final Field<RouteConfig, Boolean> REDIRECT =
      ofRequests(
          "redirect",
          HttpScalars.redirect(),
          route -> route.action().redirectToHttps(),
          RouteAction.NONE.redirectToHttps());
  private static final Field<RouteConfig, Integer> ORDER =
      ofRequests("order", Scalars.between(-MOST_ORDER, MOST_ORDER), RouteConfig::order, 0);

  /** Those about requests. */
  static final List<Field<RouteConfig, ?>> OF_REQUESTS =
      List.of(HOST, PATH, METHOD, HEADER, STRIP_PREFIX, TIMEOUT, REDIRECT, ORDER);

  static final TableList<RouteConfig> LIST =
      new TableList<>(
          new Section<>(
              RouteKeys::route,
              RouteKeys::check,
              SNI,
              ALPN,
              CLIENT,
              HOST,
              PATH,
              METHOD,
              HEADER,
              ORDER,
              POOL,
              STRIP_PREFIX,
              TIMEOUT,
              REDIRECT),
          List.of());

  private RouteKeys() {}

  private static <T> Field<RouteConfig, T> ofRequests(
      String name, Codec<T> codec, Function<RouteConfig, T> getter, T fallback) {
    return Field.optional(name, new Unwritten<>(codec, fallback), getter, fallback);
  }

  private static RouteConfig route(Values<RouteConfig> v) {
    return new RouteConfig(
        v.get(SNI),
        v.get(ALPN),
        v.get(CLIENT),
        v.get(POOL),
        new HttpMatch(v.get(HOST), v.get(PATH), v.get(METHOD), v.get(HEADER)),
        new RouteAction(
            stripsOwnPath(v) ? v.get(PATH) : v.get(STRIP_PREFIX), v.get(TIMEOUT), v.get(REDIRECT)),
        v.get(ORDER));
  }

  private static boolean stripsOwnPath(Values<RouteConfig> v) {
    return v.get(STRIP_PREFIX).equals(HttpScalars.OWN_PATH);
  }

  private static void check(Values<RouteConfig> values, Problems problems) {
    if (values.get(REDIRECT)) {
      checkRedirect(values, problems);
    } else if (values.get(POOL).isEmpty() && !values.unusable(POOL) && !values.unusable(REDIRECT)) {
      problems.add(values.place(POOL), "missing; expected " + POOL_EXPECTED);
    }
    if (stripsOwnPath(values) && values.get(PATH).isEmpty() && !values.unusable(PATH)) {
      problems.add(
          values.place(STRIP_PREFIX),
          "the route has no path that could be taken off; give one with path, or write here what is"
              + " taken off");
    }
  }

  /** A client that is told to come back needs nothing that a backend would. */
  private static void checkRedirect(Values<RouteConfig> values, Problems problems) {
    if (!values.get(POOL).isEmpty()) {
      problems.add(values.place(POOL), useless());
    }
    if (!values.get(STRIP_PREFIX).isEmpty()) {
      problems.add(values.place(STRIP_PREFIX), useless());
    }
    if (!values.get(TIMEOUT).isZero()) {
      problems.add(values.place(TIMEOUT), useless());
    }
  }

  private static String useless() {
    return "a request that is redirected goes to no backend; leave it out, or leave redirect out";
  }
}
