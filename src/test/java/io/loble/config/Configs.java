package io.loble.config;

import io.loble.config.ActiveCheck.CheckType;
import io.loble.config.ActiveCheck.ExpectCheck;
import io.loble.config.ActiveCheck.HttpCheck;
import io.loble.config.ListenerTls.ClientAuth;
import io.loble.config.LoggingConfig.Format;
import io.loble.config.LoggingConfig.Level;
import io.loble.config.read.Names;
import io.loble.model.BackendMode;
import io.loble.model.Bandwidth;
import io.loble.model.HostPort;
import io.loble.model.Network;
import io.loble.model.Outbound;
import io.loble.model.PoolTls;
import io.loble.model.PoolTls.Verify;
import io.loble.model.Rate;
import io.loble.model.SendProxy;
import io.loble.model.SourceAddresses;
import io.loble.model.TcpSettings;
import io.loble.preface.Starttls;
import io.loble.tls.TlsVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Valid configurations of every kind, for property tests. */
public final class Configs {

  private static final List<String> POOLS = List.of("default", "web", "p.q", "é \"x\"");
  private static final HostPort ADMIN = new HostPort("127.0.0.1", 9090);

  private Configs() {}

  public static Arbitrary<LobleConfig> any() {
    return Combinators.combine(
            texts().map(s -> "id" + s).filter(Names::isUsable),
            listeners(),
            pools(),
            timeouts(),
            limits(),
            admins(),
            Arbitraries.integers().between(9001, 9090),
            Combinators.combine(logging(), tcp()).as(Rest::new))
        .as(
            (id, listeners, pools, timeouts, limits, admin, metricsPort, rest) ->
                new LobleConfig(
                    id,
                    servedBy(listeners, pools, rest.tcp()),
                    pools,
                    timeouts,
                    new ShutdownConfig(timeouts.idle()),
                    limits,
                    admin,
                    new MetricsConfig(metricsPort % 2 == 0, metrics(admin, metricsPort)),
                    rest.logging()));
  }

  /** No more than eight things can be combined at once. */
  private record Rest(LoggingConfig logging, TcpSettings tcp) {}

  private static Arbitrary<Limits> limits() {
    Arbitrary<Integer> counts = Arbitraries.integers().greaterOrEqual(0);
    return Combinators.combine(counts, counts, durations(0), Arbitraries.doubles().between(0, 1))
        .as(Limits::new);
  }

  private static HostPort metrics(AdminConfig admin, int port) {
    return port == 9090 ? admin.address() : new HostPort("127.0.0.1", port);
  }

  private static List<ListenerConfig> servedBy(
      List<Integer> ports, Map<String, PoolConfig> pools, TcpSettings tcp) {
    List<String> names = List.copyOf(pools.keySet());
    List<ListenerConfig> listeners = new ArrayList<>();
    for (int port : ports) {
      String pool = names.get(port % names.size());
      listeners.add(
          new ListenerConfig("l" + port % 10, new HostPort("::1", port), pool, port % 3 == 0, tcp)
              .withSocket(
                  new SocketSettings(1 + port % 65_535, port % 2 == 0, new Bandwidth(port * 100L)))
              .withLimits(port % 2 == 0 ? ListenerLimits.NONE : limits(port))
              .withFront(front(port, names))
              .withTls(port % 5 == 0 ? ListenerTls.OFF : tls(port)));
      if (port % 7 == 0) {
        int last = listeners.size() - 1;
        listeners.set(last, ofRequests(listeners.get(last), port, pool));
      }
    }
    return listeners;
  }

  /** The same listener when it balances requests, with something of every key. */
  private static ListenerConfig ofRequests(ListenerConfig listener, int port, String pool) {
    ListenerHttp http =
        new ListenerHttp(
            true,
            List.of(Network.parse("10.0.0." + port)),
            port % 2 == 0,
            1024 + port,
            port,
            Map.of(502, new ErrorPage("502.html"), 404, new ErrorPage("a \"page\".json")));
    RouteConfig full =
        new RouteConfig(
            List.of(),
            List.of(),
            List.of(Network.parse("192.0.2." + port)),
            pool,
            new HttpMatch(
                List.of("*.example.com", "h" + port),
                "/api",
                List.of("GET", "HEAD"),
                Map.of("x-a", "b \"c\"", "x-d", HttpMatch.ANY_VALUE)),
            new RouteAction("/api", Duration.ofMillis(port), false),
            port - 10);
    RouteConfig redirect =
        new RouteConfig(
            List.of(),
            List.of(),
            List.of(),
            "",
            HttpMatch.ANY,
            new RouteAction("", Duration.ZERO, true),
            0);
    FrontConfig front = listener.front().withStarttls(Starttls.OFF);
    SocketSettings socket = listener.socket();
    return listener
        .withSocket(new SocketSettings(socket.backlog(), socket.v6only(), Bandwidth.NONE))
        .withFront(port % 2 == 0 ? front.withRoutes() : front.withRoutes(full, redirect))
        .withHttp(port % 3 == 0 ? ListenerHttp.ON : http);
  }

  private static ListenerLimits limits(int port) {
    return new ListenerLimits(
        List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::/" + (32 + port))),
        List.of(Network.parse("10.0.0." + port)),
        "",
        "",
        port,
        Rate.parse(port + "/10s"),
        port % 5,
        new PerClient(port % 3, Rate.parse(port + "/m"), 0, port % 33, 64));
  }

  /** Not where clients ask for it themselves. */
  private static ListenerTls tls(int port) {
    return port % 3 == 0
        ? new ListenerTls(
            List.of(new CertificateFiles("a.pem", "a.key", "")),
            true,
            "",
            ClientAuth.NONE,
            TlsVersion.TLS_1_2,
            List.of(),
            List.of())
        : new ListenerTls(
            List.of(
                new CertificateFiles("a.pem", "a.key", "a \"password\""),
                new CertificateFiles(port + ".pem", port + ".pem", "")),
            port % 2 == 0,
            "ca.pem",
            port % 4 == 0 ? ClientAuth.REQUEST : ClientAuth.REQUIRE,
            TlsVersion.TLS_1_3,
            List.of("TLS_AES_128_GCM_SHA256"),
            List.of("h2", "http/1.1"));
  }

  /** Of every key something, by the port's number. */
  private static FrontConfig front(int port, List<String> pools) {
    FrontConfig front = FrontConfig.NONE.withSniffTimeout(Duration.ofMillis(port));
    if (port % 2 == 0) {
      front = front.withProxyFrom(Network.parse("10.0.0.0/8"), Network.parse("::/" + port));
    }
    if (port % 5 == 0) {
      front = front.withStarttls(Starttls.POSTGRES);
    }
    return port % 4 == 0
        ? front
        : front.withRoutes(
            new RouteConfig(
                List.of("*.example.com", "h" + port), List.of("h2"), List.of(), pools.get(0)),
            new RouteConfig(
                List.of(),
                List.of(),
                List.of(Network.parse("192.0.2." + port)),
                pools.get(pools.size() - 1)));
  }

  private static Arbitrary<List<Integer>> listeners() {
    return Arbitraries.integers()
        .between(1, 30)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .uniqueElements(port -> port % 10);
  }

  private static Arbitrary<Map<String, PoolConfig>> pools() {
    return Combinators.combine(
            Arbitraries.of(POOLS).list().uniqueElements().ofMinSize(1),
            pool().list().ofSize(POOLS.size()))
        .as(
            (names, pools) -> {
              Map<String, PoolConfig> byName = new LinkedHashMap<>();
              names.forEach(n -> byName.put(n, pools.get(byName.size()).named(n)));
              return byName;
            });
  }

  private static Arbitrary<PoolConfig> pool() {
    return Combinators.combine(
            PoolRules.rules(),
            health(),
            PoolRules.resilience(),
            tcp(),
            backend()
                .list()
                .ofMaxSize(5)
                .uniqueElements(BackendConfig::name)
                .uniqueElements(BackendConfig::address),
            outbound(),
            PoolDiscovery.any())
        .as(
            (rules, health, resilience, tcp, backends, outbound, discovery) ->
                new PoolConfig("", rules, health, resilience, tcp, backends, outbound, discovery));
  }

  private static Arbitrary<Outbound> outbound() {
    Arbitrary<InetAddress> ipv4 = Arbitraries.integers().between(1, 9).map(n -> ip("10.0.0." + n));
    Arbitrary<InetAddress> ipv6 = Arbitraries.integers().between(1, 9).map(n -> ip("fd00::" + n));
    return Combinators.combine(
            Arbitraries.of(SendProxy.class),
            Arbitraries.oneOf(ipv4, ipv6).list().ofMaxSize(4).map(SourceAddresses::of),
            poolTls(),
            PoolHttp.rules())
        .as(Outbound::new);
  }

  private static Arbitrary<PoolTls> poolTls() {
    Arbitrary<PoolTls> any =
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.of(Verify.class),
                Arbitraries.of("", "ca.pem"),
                Arbitraries.of("", "db.example.com", "2001:db8::1"),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false),
                Arbitraries.of(List.<String>of(), List.of("h2", "http/1.1")))
            .as(Configs::poolTls);
    return Arbitraries.oneOf(Arbitraries.just(PoolTls.OFF), any);
  }

  private static PoolTls poolTls(
      boolean enabled,
      Verify verify,
      String ca,
      String serverName,
      boolean forwardsSni,
      boolean shown,
      List<String> alpn) {
    return new PoolTls(
        enabled,
        verify,
        ca,
        serverName,
        forwardsSni,
        shown ? "own.pem" : "",
        shown ? "own.key" : "",
        shown ? "own.password" : "",
        alpn);
  }

  private static InetAddress ip(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static Arbitrary<TcpSettings> tcp() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 32_767).map(Duration::ofSeconds),
            Arbitraries.longs().between(0, 24L * 86_400_000).map(Duration::ofMillis))
        .as(TcpSettings::new);
  }

  private static Arbitrary<BackendConfig> backend() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(0, 256),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(BackendMode.READY, BackendMode.DRAIN, BackendMode.MAINTENANCE))
        .as(
            (n, weight, max, priority, mode) -> {
              HostPort address = new HostPort(max == 1 ? "::1" : "10.0.0." + n, 80);
              String name = n % 2 == 0 ? "b" + n : address.toString();
              return new BackendConfig(name, address, weight, max, priority, mode);
            });
  }

  private static Arbitrary<HealthConfig> health() {
    Arbitrary<Integer> thresholds = Arbitraries.integers().between(1, 9);
    return Combinators.combine(thresholds, thresholds, active()).as(HealthConfig::new);
  }

  private static Arbitrary<ActiveCheck> active() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.of(CheckType.class),
            durations(10),
            durations(1),
            Arbitraries.doubles().between(0, 0.5),
            http(),
            Combinators.combine(texts(), texts().map(s -> "x" + s)).as(ExpectCheck::new),
            Arbitraries.of(true, false))
        .as(ActiveCheck::new);
  }

  private static Arbitrary<HttpCheck> http() {
    Arbitrary<Integer> codes = Arbitraries.integers().between(100, 599);
    return Combinators.combine(
            Arbitraries.of("/", "/a?b=c"), Arbitraries.of("", "h.x"), codes, codes)
        .as((path, host, a, b) -> new HttpCheck(path, host, Math.min(a, b), Math.max(a, b)));
  }

  private static Arbitrary<Timeouts> timeouts() {
    return Combinators.combine(
            durations(1),
            durations(0),
            durations(0),
            durations(0),
            Arbitraries.doubles().between(0, 0.5),
            durations(1),
            durations(0))
        .as(Timeouts::new);
  }

  private static Arbitrary<AdminConfig> admins() {
    return Arbitraries.of(ADMIN, new HostPort("::1", 9091), new HostPort("localhost", 0))
        .map(address -> new AdminConfig(address, ""));
  }

  private static Arbitrary<LoggingConfig> logging() {
    return Combinators.combine(
            Arbitraries.of(Level.class), Arbitraries.of(Format.class), Arbitraries.of(true, false))
        .as(LoggingConfig::new);
  }

  private static Arbitrary<Duration> durations(long minMillis) {
    return Arbitraries.longs().between(minMillis, 31_536_000_000L).map(Duration::ofMillis);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().ascii().withChars("é\r\n\t\"\\#").ofMaxLength(8);
  }
}
