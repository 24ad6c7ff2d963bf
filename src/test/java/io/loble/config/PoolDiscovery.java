package io.loble.config;

import io.loble.config.DiscoverySource.Dns;
import io.loble.config.DiscoverySource.Kubernetes;
import io.loble.config.DiscoverySource.Srv;
import io.loble.config.DiscoverySource.Targets;
import io.loble.model.BackendMode;
import io.loble.model.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any way in which a pool finds backends, for property tests. */
final class PoolDiscovery {

  private static final List<DiscoverySource> SOURCES =
      List.of(
          new Dns(new HostPort("db.internal.", 5432)),
          new Srv("_pg._tcp.db.internal"),
          new Kubernetes("shop", "postgres", "pg", true, "zone \"a\"", "https://[::1]:6443/x"),
          new Targets(Path.of("dir", "a \"file\".json")));

  private static final List<HostPort> SERVERS =
      List.of(new HostPort("10.0.0.10", 53), new HostPort("fd00::1", 5353));

  private PoolDiscovery() {}

  static Arbitrary<Discovery> any() {
    Arbitrary<Discovery> on =
        Combinators.combine(
                sources(),
                lookups(),
                millis(0, 9_999_999).optional(),
                millis(0, 600_000),
                Arbitraries.integers().greaterOrEqual(0),
                Arbitraries.maps(
                        Arbitraries.of("10.0.0.1:80", "[::1]:80", "b2", "é \"x\""),
                        settings().filter(set -> !set.equals(FoundSettings.NONE)))
                    .ofMaxSize(3))
            .as(PoolDiscovery::of);
    return Arbitraries.oneOf(Arbitraries.just(Discovery.OFF), on);
  }

  private static Discovery of(
      List<DiscoverySource> sources,
      DnsLookups lookups,
      Optional<Duration> keep,
      Duration startTimeout,
      int maxConnections,
      Map<String, FoundSettings> backends) {
    return new Discovery(sources, lookups, keep, startTimeout, maxConnections, backends);
  }

  /** At least one, in the order in which they are read. */
  private static Arbitrary<List<DiscoverySource>> sources() {
    return Arbitraries.of(SOURCES)
        .set()
        .ofMinSize(1)
        .map(some -> SOURCES.stream().filter(some::contains).toList());
  }

  private static Arbitrary<DnsLookups> lookups() {
    return Combinators.combine(
            millis(100, 3_600_000),
            millis(0, 3_600_000),
            Arbitraries.of(SERVERS).list().uniqueElements(),
            millis(100, 30_000))
        .as((min, more, servers, timeout) -> new DnsLookups(min, min.plus(more), servers, timeout));
  }

  private static Arbitrary<FoundSettings> settings() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 256).optional(),
            Arbitraries.integers().greaterOrEqual(0).optional(),
            Arbitraries.integers().between(0, 99).optional(),
            Arbitraries.of(BackendMode.READY, BackendMode.DRAIN, BackendMode.MAINTENANCE)
                .optional())
        .as(FoundSettings::new);
  }

  private static Arbitrary<Duration> millis(long min, long max) {
    return Arbitraries.longs().between(min, max).map(Duration::ofMillis);
  }
}
