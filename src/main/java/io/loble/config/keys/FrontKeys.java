package io.loble.config.keys;

import io.loble.config.AcceptProxy;
import io.loble.config.FrontConfig;
import io.loble.config.ListenerConfig;
import io.loble.config.RouteConfig;
import io.loble.config.read.Codec;
import io.loble.config.read.Field;
import io.loble.config.read.ListCodec;
import io.loble.config.read.Scalars;
import io.loble.config.read.Values;
import io.loble.model.Network;
import io.loble.preface.Starttls;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of a listener that say what it learns of a client before it picks a backend. */
final class FrontKeys {

  private static final Duration MIN_SNIFF_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MAX_SNIFF_TIMEOUT = Duration.ofHours(1);

  static final Codec<List<Network>> NETWORKS =
      new ListCodec<>(
          Scalars.parsed(Network.EXAMPLES, FrontKeys::network)
              .describedBy(matching("^[0-9a-fA-F.:]+(/[0-9]{1,3})?$")),
          "an array of networks or IP addresses, such as [\"10.0.0.0/8\"]");

  static final Field<ListenerConfig, AcceptProxy> ACCEPT_PROXY =
      Field.optional(
          "accept_proxy",
          Scalars.choice(AcceptProxy.class),
          listener -> listener.front().acceptProxy(),
          FrontConfig.NONE.acceptProxy());
  static final Field<ListenerConfig, List<Network>> ACCEPT_PROXY_FROM =
      Field.optional(
          "accept_proxy_from",
          NETWORKS,
          listener -> listener.front().acceptProxyFrom(),
          FrontConfig.NONE.acceptProxyFrom());
  static final Field<ListenerConfig, Duration> SNIFF_TIMEOUT =
      Field.optional(
          "sniff_timeout",
          Scalars.durationBetween(MIN_SNIFF_TIMEOUT, MAX_SNIFF_TIMEOUT),
          listener -> listener.front().sniffTimeout(),
          FrontConfig.NONE.sniffTimeout());
  static final Field<ListenerConfig, Starttls> STARTTLS =
      Field.optional(
          "starttls",
          Scalars.choice(Starttls.class),
          listener -> listener.front().starttls(),
          FrontConfig.NONE.starttls());
  static final Field<ListenerConfig, List<RouteConfig>> ROUTES =
      Field.optional(
          "routes",
          new ComparedList<>(RouteKeys.LIST),
          listener -> listener.front().routes(),
          FrontConfig.NONE.routes());

  /** Those of the listener. */
  static final List<String> NAMES =
      Stream.of(ACCEPT_PROXY, ACCEPT_PROXY_FROM, SNIFF_TIMEOUT, STARTTLS, ROUTES)
          .map(Field::name)
          .toList();

  private FrontKeys() {}

  static FrontConfig front(Values<ListenerConfig> v) {
    return new FrontConfig(
        v.get(ACCEPT_PROXY),
        v.get(ACCEPT_PROXY_FROM),
        v.get(SNIFF_TIMEOUT),
        v.get(STARTTLS),
        v.get(ROUTES));
  }

  private static Optional<Network> network(String text) {
    try {
      return Optional.of(Network.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static JsonObject matching(String pattern) {
    return new JsonObject().put("type", "string").put("pattern", pattern);
  }
}
