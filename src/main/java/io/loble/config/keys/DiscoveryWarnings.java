package io.loble.config.keys;

import io.loble.config.Discovery;
import io.loble.config.DiscoverySource.Dns;
import io.loble.config.DiscoverySource.Kubernetes;
import io.loble.config.DiscoverySource.Srv;
import io.loble.config.DnsLookups;
import io.loble.config.PoolConfig;
import io.loble.config.read.Place;
import io.loble.model.PoolTls;
import io.loble.model.PoolTls.Verify;
import java.util.ArrayList;
import java.util.List;

/** Finds what is probably a mistake about how a pool finds backends. */
final class DiscoveryWarnings {

  private final String pool;
  private final Discovery discovery;
  private final List<String> found = new ArrayList<>();

  private DiscoveryWarnings(PoolConfig pool) {
    this.pool = Place.of("").child(Tables.POOLS).child(pool.name()).key();
    this.discovery = pool.discovery();
  }

  /** All of it, a sentence for each, which begins with the key. */
  static List<String> of(PoolConfig pool) {
    if (!pool.discovery().isOn()) {
      return List.of();
    }
    DiscoveryWarnings warnings = new DiscoveryWarnings(pool);
    warnings.uselessLookups();
    warnings.uselessZone();
    warnings.namelessTls(pool.outbound().tls());
    return warnings.found;
  }

  private boolean asksNameServers() {
    return discovery.source(Dns.class).isPresent() || discovery.source(Srv.class).isPresent();
  }

  private void uselessLookups() {
    if (asksNameServers()) {
      return;
    }
    DnsLookups dns = discovery.dns();
    useless(!dns.minTtl().equals(DnsLookups.DEFAULT.minTtl()), DiscoveryKeys.MIN_TTL.name());
    useless(!dns.maxTtl().equals(DnsLookups.DEFAULT.maxTtl()), DiscoveryKeys.MAX_TTL.name());
    useless(!dns.servers().isEmpty(), DiscoveryKeys.SERVERS.name());
    useless(
        !dns.timeout().equals(DnsLookups.DEFAULT.timeout()), DiscoveryKeys.QUERY_TIMEOUT.name());
  }

  private void useless(boolean given, String key) {
    if (given) {
      found.add(pool + ".discover." + key + ": has no effect without dns or srv");
    }
  }

  private void uselessZone() {
    discovery
        .source(Kubernetes.class)
        .filter(source -> !source.zone().isEmpty() && !source.preferZone())
        .ifPresent(
            source ->
                found.add(
                    pool + ".discover.kubernetes.zone: has no effect without prefer_zone = true"));
  }

  private void namelessTls(PoolTls tls) {
    boolean byAddress = asksNameServers() || discovery.source(Kubernetes.class).isPresent();
    if (byAddress && tls.enabled() && tls.verify() == Verify.FULL && tls.serverName().isEmpty()) {
      found.add(
          pool
              + ".tls.server_name: is missing; backends that are found have IP addresses, for which"
              + " their certificates must be: give the name that they are for");
    }
  }
}
