package io.loble.config;

import io.loble.model.Source;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a pool finds backends by itself, beside those that the configuration names.
 *
 * @param sources at most one of each kind; none where the pool finds nothing
 * @param dns how names are looked up
 * @param keep how long the last good answer is used when a source fails; empty for ever
 * @param startTimeout how long the process waits for a first answer before it says that it is ready
 * @param maxConnections of each backend whose source does not say; 0 for no bound
 * @param backends what is set of single backends, by their names
 */
public record Discovery(
    List<DiscoverySource> sources,
    DnsLookups dns,
    Optional<Duration> keep,
    Duration startTimeout,
    int maxConnections,
    Map<String, FoundSettings> backends) {

  /** A pool that has the backends that the configuration names. */
  public static final Discovery OFF =
      new Discovery(
          List.of(), DnsLookups.DEFAULT, Optional.empty(), Duration.ofSeconds(5), 0, Map.of());

  public Discovery {
    sources = List.copyOf(sources);
    backends = Collections.unmodifiableMap(new LinkedHashMap<>(backends));
  }

  /** Whether it finds anything. */
  public boolean isOn() {
    return !sources.isEmpty();
  }

  /** The source of that kind, if there is one. */
  public <S extends DiscoverySource> Optional<S> source(Class<S> kind) {
    return sources.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** Whether it has a source of that kind. */
  public boolean has(Source kind) {
    return sources.stream().anyMatch(source -> source.kind() == kind);
  }

  /** The same with other settings of single backends. */
  public Discovery withBackends(Map<String, FoundSettings> others) {
    return new Discovery(sources, dns, keep, startTimeout, maxConnections, others);
  }

  /** A backend as it is to be, where a source has found that. */
  public BackendConfig settingsOf(BackendConfig found) {
    BackendConfig bounded =
        found.maxConnections() > 0 || maxConnections == 0
            ? found
            : new BackendConfig(
                found.name(),
                found.address(),
                found.weight(),
                maxConnections,
                found.priority(),
                found.mode());
    FoundSettings set = backends.get(found.name());
    return set == null ? bounded : set.appliedTo(bounded);
  }
}
