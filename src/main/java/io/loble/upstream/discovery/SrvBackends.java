package io.loble.upstream.discovery;

import io.loble.config.BackendConfig;
import io.loble.net.dns.Service;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The backends that SRV records and the addresses of their targets make. */
final class SrvBackends {

  /** What the records say of one address and port. */
  private record Claim(int priority, double share) {

    /** With two records of the same place, the one that is used first; or both together. */
    Claim and(Claim other) {
      if (priority != other.priority) {
        return priority < other.priority ? this : other;
      }
      return new Claim(priority, share + other.share);
    }
  }

  private SrvBackends() {}

  /** How many there are at most: one place may be named more than once. */
  static long count(List<Service> services, Map<String, List<InetAddress>> addresses) {
    return services.stream()
        .mapToLong(service -> addresses.getOrDefault(service.target(), List.of()).size())
        .sum();
  }

  /**
   * All of them, sorted by address. A target's weight is divided among its addresses, so that it
   * gets its share however many it has.
   *
   * @param addresses by target
   */
  static List<BackendConfig> of(List<Service> services, Map<String, List<InetAddress>> addresses) {
    SortedMap<FoundAddress, Claim> claims = new TreeMap<>();
    for (Service service : services) {
      List<InetAddress> hosts = addresses.getOrDefault(service.target(), List.of());
      Claim claim = new Claim(service.priority(), (double) service.weight() / hosts.size());
      for (InetAddress host : hosts) {
        claims.merge(FoundAddress.of(host, service.port()), claim, Claim::and);
      }
    }
    return backends(claims);
  }

  private static List<BackendConfig> backends(SortedMap<FoundAddress, Claim> claims) {
    SortedMap<Integer, SortedMap<FoundAddress, Claim>> byPriority = new TreeMap<>();
    claims.forEach(
        (found, claim) ->
            byPriority
                .computeIfAbsent(claim.priority(), priority -> new TreeMap<>())
                .put(found, claim));
    SortedMap<FoundAddress, BackendConfig> backends = new TreeMap<>();
    int before = 0;
    for (SortedMap<FoundAddress, Claim> level : byPriority.values()) {
      add(level, SrvWeights.level(before), backends);
      before++;
    }
    return List.copyOf(backends.values());
  }

  private static void add(
      SortedMap<FoundAddress, Claim> level,
      int priority,
      SortedMap<FoundAddress, BackendConfig> backends) {
    int[] weights = SrvWeights.of(level.values().stream().mapToDouble(Claim::share).toArray());
    int next = 0;
    for (FoundAddress found : level.keySet()) {
      backends.put(found, found.backend(weights[next], priority));
      next++;
    }
  }
}
