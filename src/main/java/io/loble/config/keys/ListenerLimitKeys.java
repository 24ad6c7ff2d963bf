package io.loble.config.keys;

import io.loble.config.ListenerConfig;
import io.loble.config.ListenerLimits;
import io.loble.config.PerClient;
import io.loble.config.read.Field;
import io.loble.config.read.ListCodec;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.Values;
import io.loble.model.Network;
import io.loble.model.Rate;
import java.util.List;
import java.util.function.Function;

/** The keys of a listener that say who may connect, how often, and how many at once. */
public final class ListenerLimitKeys {

  private static final Field<PerClient, Integer> CLIENT_MAX_CONNECTIONS =
      Field.optional("max_connections", Scalars.atLeast(0), PerClient::maxConnections, 0);
  private static final Field<PerClient, Rate> CLIENT_RATE = rate(PerClient::rate);
  private static final Field<PerClient, Integer> CLIENT_BURST = burst(PerClient::burst);
  private static final Field<PerClient, Integer> PREFIX4 =
      Field.optional(
          "prefix4", Scalars.between(0, 32), PerClient::prefix4, PerClient.NONE.prefix4());
  private static final Field<PerClient, Integer> PREFIX6 =
      Field.optional(
          "prefix6", Scalars.between(0, 128), PerClient::prefix6, PerClient.NONE.prefix6());

  private static final Section<PerClient> CLIENT =
      new Section<>(
          v ->
              new PerClient(
                  v.get(CLIENT_MAX_CONNECTIONS),
                  v.get(CLIENT_RATE),
                  v.get(CLIENT_BURST),
                  v.get(PREFIX4),
                  v.get(PREFIX6)),
          CLIENT_MAX_CONNECTIONS,
          CLIENT_RATE,
          CLIENT_BURST,
          PREFIX4,
          PREFIX6);

  public static final Field<ListenerConfig, List<Network>> ALLOW =
      networks("allow", ListenerLimits::allow);
  public static final Field<ListenerConfig, List<Network>> DENY =
      networks("deny", ListenerLimits::deny);
  public static final Field<ListenerConfig, String> ALLOW_FILE =
      file("allow_file", ListenerLimits::allowFile);
  public static final Field<ListenerConfig, String> DENY_FILE =
      file("deny_file", ListenerLimits::denyFile);
  static final Field<ListenerConfig, Integer> MAX_CONNECTIONS =
      Field.optional(
          "max_connections", Scalars.atLeast(0), listener -> listener.limits().maxConnections(), 0);
  static final Field<ListenerConfig, Rate> RATE = rate(listener -> listener.limits().rate());
  static final Field<ListenerConfig, Integer> BURST = burst(listener -> listener.limits().burst());
  static final Field<ListenerConfig, PerClient> PER_CLIENT =
      Field.section("per_client", CLIENT, listener -> listener.limits().perClient());

  /** The keys as {@code [listener]} may have them. */
  static final List<String> NAMES =
      List.of(
          ALLOW.name(),
          DENY.name(),
          ALLOW_FILE.name(),
          DENY_FILE.name(),
          MAX_CONNECTIONS.name(),
          RATE.name(),
          BURST.name(),
          PER_CLIENT.name());

  private ListenerLimitKeys() {}

  private static Field<ListenerConfig, List<Network>> networks(
      String name, Function<ListenerLimits, List<Network>> getter) {
    return Field.optional(
        name,
        new ListCodec<>(Scalars.network(), "an array of networks, such as [\"10.0.0.0/8\"]"),
        listener -> getter.apply(listener.limits()),
        List.of());
  }

  private static Field<ListenerConfig, String> file(
      String name, Function<ListenerLimits, String> getter) {
    return Field.optional(name, Scalars.text(), listener -> getter.apply(listener.limits()), "");
  }

  private static <R> Field<R, Rate> rate(Function<R, Rate> getter) {
    return Field.optional("rate", Scalars.rate(), getter, Rate.NONE);
  }

  private static <R> Field<R, Integer> burst(Function<R, Integer> getter) {
    return Field.optional("burst", Scalars.atLeast(0), getter, 0);
  }

  static ListenerLimits limits(Values<ListenerConfig> values) {
    return new ListenerLimits(
        values.get(ALLOW),
        values.get(DENY),
        values.get(ALLOW_FILE),
        values.get(DENY_FILE),
        values.get(MAX_CONNECTIONS),
        values.get(RATE),
        values.get(BURST),
        values.get(PER_CLIENT));
  }

  /** What several of the keys together must be, as far as no file has to be read. */
  static void check(Values<ListenerConfig> values, Problems problems) {
    List<Network> allowed = values.get(ALLOW);
    values.get(DENY).stream()
        .filter(allowed::contains)
        .forEach(n -> problems.add(values.place(DENY), n + " is in allow too; keep one of them"));
  }
}
