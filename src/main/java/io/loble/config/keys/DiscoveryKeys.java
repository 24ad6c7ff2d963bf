package io.loble.config.keys;

import io.loble.config.Discovery;
import io.loble.config.DiscoverySource;
import io.loble.config.DiscoverySource.Dns;
import io.loble.config.DiscoverySource.Kubernetes;
import io.loble.config.DiscoverySource.Srv;
import io.loble.config.DiscoverySource.Targets;
import io.loble.config.DnsLookups;
import io.loble.config.PoolConfig;
import io.loble.config.read.DiscoveryScalars;
import io.loble.config.read.Field;
import io.loble.config.read.ListCodec;
import io.loble.config.read.OptionalTable;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.Unwritten;
import io.loble.config.read.Values;
import io.loble.model.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of {@code [pools.NAME.discover]}, and the rules among them. */
final class DiscoveryKeys {

  private static final Field<Discovery, String> DNS =
      Field.optional(
          "dns",
          new Unwritten<>(DiscoveryScalars.hostName(), ""),
          d -> d.source(Dns.class).map(dns -> dns.name().toString()).orElse(""),
          "");
  private static final Field<Discovery, String> SRV =
      Field.optional(
          "srv",
          new Unwritten<>(DiscoveryScalars.srvName(), ""),
          d -> d.source(Srv.class).map(Srv::name).orElse(""),
          "");
  private static final Field<Discovery, String> FILE =
      Field.optional(
          "file",
          new Unwritten<>(DiscoveryScalars.file(), ""),
          d -> d.source(Targets.class).map(targets -> targets.file().toString()).orElse(""),
          "");
  private static final Field<Discovery, Optional<Duration>> KEEP =
      Field.optional(
          "keep", DiscoveryScalars.durationOrForever(), Discovery::keep, Discovery.OFF.keep());
  private static final Field<Discovery, Duration> START_TIMEOUT =
      Field.optional(
          "start_timeout",
          Scalars.durationUpTo(Duration.ofMinutes(10)),
          Discovery::startTimeout,
          Discovery.OFF.startTimeout());
  private static final Field<Discovery, Integer> MAX_CONNECTIONS =
      Field.optional(
          "max_connections",
          Scalars.atLeast(0),
          Discovery::maxConnections,
          Discovery.OFF.maxConnections());
  static final Field<Discovery, Duration> MIN_TTL =
      Field.optional(
          "min_ttl",
          Scalars.durationBetween(Duration.ofMillis(100), Duration.ofHours(1)),
          d -> d.dns().minTtl(),
          DnsLookups.DEFAULT.minTtl());
  static final Field<Discovery, Duration> MAX_TTL =
      Field.optional(
          "max_ttl",
          Scalars.durationBetween(Duration.ofMillis(100), Duration.ofHours(24)),
          d -> d.dns().maxTtl(),
          DnsLookups.DEFAULT.maxTtl());
  static final Field<Discovery, List<HostPort>> SERVERS =
      Field.optional(
          "servers",
          new ListCodec<>(
              DiscoveryScalars.nameServer(),
              "an array of IP addresses of name servers, such as [\"10.0.0.10\"]"),
          d -> d.dns().servers(),
          DnsLookups.DEFAULT.servers());
  static final Field<Discovery, Duration> QUERY_TIMEOUT =
      Field.optional(
          "query_timeout",
          Scalars.durationBetween(Duration.ofMillis(100), Duration.ofSeconds(30)),
          d -> d.dns().timeout(),
          DnsLookups.DEFAULT.timeout());

  /** What has no effect without a source. */
  private static final List<Field<Discovery, ?>> SETTINGS =
      List.of(
          KEEP,
          START_TIMEOUT,
          MAX_CONNECTIONS,
          MIN_TTL,
          MAX_TTL,
          SERVERS,
          QUERY_TIMEOUT,
          FoundKeys.BACKENDS);

  private static final List<Field<Discovery, ?>> SOURCES =
      List.of(DNS, SRV, KubernetesKeys.KUBERNETES, FILE);

  private static final Section<Discovery> TABLE =
      new Section<>(
          DiscoveryKeys::read,
          DiscoveryKeys::check,
          DNS,
          SRV,
          KubernetesKeys.KUBERNETES,
          FILE,
          KEEP,
          START_TIMEOUT,
          MAX_CONNECTIONS,
          MIN_TTL,
          MAX_TTL,
          SERVERS,
          QUERY_TIMEOUT,
          FoundKeys.BACKENDS);

  static final Field<PoolConfig, Discovery> DISCOVER =
      Field.optional(
          "discover",
          new OptionalTable<>(TABLE, Discovery.OFF),
          PoolConfig::discovery,
          Discovery.OFF);

  private DiscoveryKeys() {}

  private static Discovery read(Values<Discovery> v) {
    List<DiscoverySource> sources = sources(v);
    return sources.isEmpty()
        ? Discovery.OFF
        : new Discovery(
            sources,
            new DnsLookups(v.get(MIN_TTL), v.get(MAX_TTL), v.get(SERVERS), v.get(QUERY_TIMEOUT)),
            v.get(KEEP),
            v.get(START_TIMEOUT),
            v.get(MAX_CONNECTIONS),
            v.get(FoundKeys.BACKENDS));
  }

  private static List<DiscoverySource> sources(Values<Discovery> v) {
    List<DiscoverySource> sources = new ArrayList<>();
    HostPort.parse(v.get(DNS)).map(Dns::new).ifPresent(sources::add);
    Optional.of(v.get(SRV)).filter(name -> !name.isEmpty()).map(Srv::new).ifPresent(sources::add);
    Kubernetes kubernetes = v.get(KubernetesKeys.KUBERNETES);
    if (!kubernetes.equals(KubernetesKeys.NONE)) {
      sources.add(kubernetes);
    }
    Optional.of(v.get(FILE))
        .filter(file -> !file.isEmpty())
        .map(file -> new Targets(Path.of(file)))
        .ifPresent(sources::add);
    return sources;
  }

  private static void check(Values<Discovery> values, Problems problems) {
    if (sources(values).isEmpty()) {
      checkUnused(values, problems);
    } else if (values.get(MAX_TTL).compareTo(values.get(MIN_TTL)) < 0) {
      problems.add(
          values.place(values.given(MAX_TTL) ? MAX_TTL : MIN_TTL),
          values.given(MAX_TTL) ? "must be no less than min_ttl" : "must be no more than max_ttl");
    }
  }

  private static void checkUnused(Values<Discovery> values, Problems problems) {
    // Of a source that cannot be used, its own error says enough.
    if (SOURCES.stream().anyMatch(values::unusable)) {
      return;
    }
    boolean none = SOURCES.stream().noneMatch(values::given);
    List<Field<Discovery, ?>> useless = SETTINGS.stream().filter(values::given).toList();
    for (Field<Discovery, ?> field : useless) {
      problems.add(
          values.place(field),
          "has no effect without a source; say where backends are found with dns, srv, kubernetes"
              + " or file");
    }
    if (none && useless.isEmpty()) {
      problems.add(
          values.place(DNS),
          "missing; say where backends are found with dns, srv, kubernetes or file");
    }
  }
}
