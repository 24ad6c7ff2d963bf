package io.loble.config.keys;

import io.loble.config.AdminConfig;
import io.loble.config.Limits;
import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.LoggingConfig;
import io.loble.config.MetricsConfig;
import io.loble.config.PoolConfig;
import io.loble.config.ShutdownConfig;
import io.loble.config.Timeouts;
import io.loble.config.read.AddressScalars;
import io.loble.config.read.Field;
import io.loble.config.read.Names;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.Schemas;
import io.loble.config.read.Section;
import io.loble.config.read.TableList;
import io.loble.config.read.Values;
import io.loble.model.Address;
import io.loble.model.TcpSettings;
import java.util.List;
import java.util.Map;

/**
 * The keys of a whole configuration in its plain form: listeners in one array, every backend in its
 * pool, every pool with its own settings. {@link PlainForm} brings a document into it.
 */
public final class LobleKeys {

  static final Field<ListenerConfig, String> LISTENER_NAME =
      Field.required(
          "name",
          Scalars.text(
                  "a name that is not empty, " + Names.RULE + ", such as \"web\"",
                  s -> !s.isBlank() && Names.isUsable(s))
              .describedBy(Schemas.name()),
          ListenerConfig::name);
  static final Field<ListenerConfig, Address> LISTENER_ADDRESS =
      Field.required("address", AddressScalars.listenerAddress(), ListenerConfig::address);
  static final Field<ListenerConfig, String> LISTENER_POOL =
      Field.optional(
          "pool",
          Scalars.text("the name of a pool, or \"\"", s -> s.isEmpty() || !s.isBlank()),
          ListenerConfig::pool,
          PoolKeys.DEFAULT_POOL);
  static final Field<ListenerConfig, Boolean> LISTENER_REUSE_PORT =
      Field.optional("reuse_port", Scalars.bool(), ListenerConfig::reusePort, false);

  private static final Field<ListenerConfig, TcpSettings> LISTENER_TCP =
      Field.section(Tables.TCP, TcpKeys.TCP, ListenerConfig::tcp);

  public static final Section<ListenerConfig> LISTENER =
      new Section<>(
          v ->
              new ListenerConfig(
                  v.get(LISTENER_NAME),
                  v.get(LISTENER_ADDRESS),
                  v.get(LISTENER_POOL),
                  v.get(LISTENER_REUSE_PORT),
                  v.get(LISTENER_TCP),
                  SocketKeys.of(v),
                  ListenerLimitKeys.limits(v),
                  FrontKeys.front(v),
                  v.get(ListenerTlsKeys.LISTENER_TLS),
                  HttpKeys.http(v)),
          LobleKeys::check,
          LISTENER_NAME,
          LISTENER_ADDRESS,
          LISTENER_POOL,
          LISTENER_REUSE_PORT,
          LISTENER_TCP,
          SocketKeys.BACKLOG,
          SocketKeys.V6ONLY,
          SocketKeys.BANDWIDTH,
          SocketKeys.MODE,
          ListenerLimitKeys.ALLOW,
          ListenerLimitKeys.DENY,
          ListenerLimitKeys.ALLOW_FILE,
          ListenerLimitKeys.DENY_FILE,
          ListenerLimitKeys.MAX_CONNECTIONS,
          ListenerLimitKeys.RATE,
          ListenerLimitKeys.BURST,
          ListenerLimitKeys.PER_CLIENT,
          FrontKeys.ACCEPT_PROXY,
          FrontKeys.ACCEPT_PROXY_FROM,
          FrontKeys.SNIFF_TIMEOUT,
          FrontKeys.STARTTLS,
          FrontKeys.ROUTES,
          ListenerTlsKeys.LISTENER_TLS,
          HttpKeys.MODE,
          HttpKeys.TRUSTED_PROXIES,
          HttpKeys.HTTP);

  static final TableList<ListenerConfig> LISTENER_LIST =
      new TableList<>(LISTENER, List.of(LISTENER_NAME));

  private static final Field<LobleConfig, String> ID =
      Field.optional("id", LaunchKeys.ID_TEXT, LobleConfig::id, LaunchKeys.DEFAULT_ID);
  private static final Field<LobleConfig, List<ListenerConfig>> LISTENERS =
      Field.optional("listeners", LISTENER_LIST, LobleConfig::listeners, List.of());
  private static final Field<LobleConfig, Map<String, PoolConfig>> POOLS =
      Field.optional("pools", new PoolMap(PoolKeys.POOL), LobleConfig::pools, Map.of());
  private static final Field<LobleConfig, Timeouts> TIMEOUTS =
      Field.section("timeouts", ProcessKeys.TIMEOUTS, LobleConfig::timeouts);
  private static final Field<LobleConfig, ShutdownConfig> SHUTDOWN =
      Field.section("shutdown", ProcessKeys.SHUTDOWN, LobleConfig::shutdown);
  private static final Field<LobleConfig, Limits> LIMITS =
      Field.section("limits", ProcessKeys.LIMITS, LobleConfig::limits);
  private static final Field<LobleConfig, AdminConfig> ADMIN =
      Field.section("admin", AdminKeys.ADMIN, LobleConfig::admin);
  private static final Field<LobleConfig, MetricsConfig> METRICS =
      Field.section("metrics", ProcessKeys.METRICS, LobleConfig::metrics);
  private static final Field<LobleConfig, LoggingConfig> LOGGING =
      Field.section("logging", ProcessKeys.LOGGING, LobleConfig::logging);

  public static final Section<LobleConfig> LOBLE =
      new Section<>(
          v ->
              new LobleConfig(
                  v.get(ID),
                  v.get(LISTENERS),
                  v.get(POOLS),
                  v.get(TIMEOUTS),
                  v.get(SHUTDOWN),
                  v.get(LIMITS),
                  v.get(ADMIN),
                  v.get(METRICS),
                  v.get(LOGGING)),
          ID,
          TIMEOUTS,
          SHUTDOWN,
          LIMITS,
          ADMIN,
          METRICS,
          LOGGING,
          LISTENERS,
          POOLS);

  private LobleKeys() {}

  private static void check(Values<ListenerConfig> values, Problems problems) {
    ListenerLimitKeys.check(values, problems);
    UnixListenerKeys.check(values, problems);
    HttpChecks.check(values, problems);
  }
}
