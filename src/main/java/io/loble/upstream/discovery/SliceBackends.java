package io.loble.upstream.discovery;

import io.loble.config.BackendConfig;
import io.loble.config.read.Hosts;
import io.loble.model.BackendMode;
import io.loble.model.HostPort;
import io.loble.upstream.discovery.EndpointSlice.Endpoint;
import io.loble.upstream.discovery.EndpointSlice.Family;
import io.netty.util.NetUtil;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes backends of the slices of a service.
 *
 * <p>A backend has the name of its pod; or its address, where that is not known, where another one
 * has it too, or where it is the pod's IPv6 address beside an IPv4 one.
 *
 * @param ports which port they have
 * @param zone whose endpoints are preferred; empty for none
 */
record SliceBackends(SlicePorts ports, String zone) {

  /** What Kubernetes calls a pod. */
  private static final Pattern POD = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

  private static final int WEIGHT = 1;

  /** More are taken for a mistake: each is probed, and has its metrics. */
  private static final int MOST = 10_000;

  /** One endpoint with all that is said of its address. */
  private record Found(String pod, BackendMode mode, int priority) {

    private static final Comparator<Found> ORDER =
        Comparator.comparing(Found::mode)
            .thenComparing(found -> found.pod.isEmpty())
            .thenComparing(Found::pod);

    /** Slices may name an address twice, while it moves from one slice or pod to another. */
    Found or(Found other) {
      Found first = ORDER.compare(this, other) <= 0 ? this : other;
      return new Found(first.pod, first.mode, Math.min(priority, other.priority));
    }
  }

  /** The backends that there are, or why there is no knowing. */
  Answer of(Collection<EndpointSlice> slices) {
    List<EndpointSlice> usable =
        slices.stream()
            .filter(slice -> slice.family() != Family.OTHER && !slice.endpoints().isEmpty())
            .sorted(Comparator.comparing(EndpointSlice::name))
            .toList();
    return ports
        .trouble(usable)
        .<Answer>map(Answer.Failed::new)
        .orElseGet(() -> bounded(backends(usable, bothFamilies(slices))));
  }

  private static Answer bounded(List<BackendConfig> backends) {
    return backends.size() > MOST
        ? new Answer.Failed("the service has more than " + MOST + " endpoints")
        : new Answer.Backends(backends);
  }

  /** The slices that are of no use, because they have no addresses. */
  static Collection<String> ignored(Collection<EndpointSlice> slices) {
    return slices.stream()
        .filter(slice -> slice.family() == Family.OTHER)
        .map(EndpointSlice::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Even while one family has no endpoint: a name does not change when it gets one. */
  private static boolean bothFamilies(Collection<EndpointSlice> slices) {
    return slices.stream()
            .map(EndpointSlice::family)
            .filter(family -> family != Family.OTHER)
            .distinct()
            .count()
        > 1;
  }

  private List<BackendConfig> backends(List<EndpointSlice> slices, boolean bothFamilies) {
    Map<HostPort, Found> found = new HashMap<>();
    for (EndpointSlice slice : slices) {
      boolean byAddress = bothFamilies && slice.family() == Family.IPV6;
      ports.of(slice).ifPresent(port -> collect(slice, port, byAddress, found));
    }
    Map<String, Long> pods =
        found.values().stream().collect(Collectors.groupingBy(Found::pod, Collectors.counting()));
    Map<String, BackendConfig> backends = new TreeMap<>();
    found.forEach(
        (address, one) -> {
          boolean named = !one.pod.isEmpty() && pods.getOrDefault(one.pod, 0L) == 1;
          String name = named ? one.pod : address.toString();
          backends.put(name, new BackendConfig(name, address, WEIGHT, 0, one.priority, one.mode));
        });
    return List.copyOf(backends.values());
  }

  private void collect(
      EndpointSlice slice, int port, boolean byAddress, Map<HostPort, Found> found) {
    for (Endpoint endpoint : slice.endpoints()) {
      Optional<BackendMode> mode = endpoint.mode();
      if (mode.isPresent() && isAddress(endpoint.address(), slice.family())) {
        boolean named = !byAddress && POD.matcher(endpoint.pod()).matches();
        found.merge(
            new HostPort(Hosts.canonical(endpoint.address()), port),
            new Found(named ? endpoint.pod() : "", mode.get(), priority(endpoint)),
            Found::or);
      }
    }
  }

  private static boolean isAddress(String text, Family family) {
    return family == Family.IPV4
        ? NetUtil.isValidIpV4Address(text)
        : NetUtil.isValidIpV6Address(text);
  }

  private int priority(Endpoint endpoint) {
    return zone.isEmpty() || endpoint.isFor(zone) ? 0 : 1;
  }
}
