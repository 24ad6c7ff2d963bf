package io.loble.upstream;

import io.loble.config.BackendConfig;
import io.loble.config.Discovery;
import io.loble.config.DiscoverySource;
import io.loble.config.DnsLookups;
import io.loble.model.DiscoveryStats;
import io.loble.model.Source;
import io.loble.upstream.discovery.EndpointSource;
import io.loble.upstream.health.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The sources that one pool finds backends by, begun and ended as its settings say. */
final class PoolDiscovery {

  /** Makes the sources of pools. */
  interface Factory {
    EndpointSource source(DiscoverySource which, DnsLookups lookups);
  }

  private final Factory factory;
  private final DiscoveryStats stats;
  private final Clock clock;
  private final FoundBackends.Owner owner;
  private final Map<Source, FoundBackends> running = new EnumMap<>(Source.class);
  private Discovery settings = Discovery.OFF;

  PoolDiscovery(Factory factory, DiscoveryStats stats, Clock clock, FoundBackends.Owner owner) {
    this.factory = factory;
    this.stats = stats;
    this.clock = clock;
    this.owner = owner;
  }

  /**
   * Takes over settings. A source that they name as before goes on as it is.
   *
   * @param awaited whether the process is not ready before new sources have answered
   * @param found what is in use of what was found, by its source
   */
  void follow(Discovery next, boolean awaited, Map<Source, List<BackendConfig>> found) {
    boolean otherLookups = !settings.dns().equals(next.dns());
    settings = next;
    for (FoundBackends known : List.copyOf(running.values())) {
      boolean another = otherLookups && known.asksNameServers();
      if (another || !next.sources().contains(known.source())) {
        known.stop();
        running.remove(known.kind());
      } else {
        known.follow(next);
      }
    }
    for (DiscoverySource source : next.sources()) {
      if (!running.containsKey(source.kind())) {
        begin(source, awaited, found.getOrDefault(source.kind(), List.of()));
      }
    }
    stats.keepOnly(running.keySet());
  }

  private void begin(DiscoverySource source, boolean awaited, List<BackendConfig> before) {
    DiscoveryStats.OfSource said = stats.begin(source.kind(), source.what());
    if (awaited) {
      said.awaitUntil(clock.nanos() + settings.startTimeout().toNanos());
    }
    EndpointSource asked = factory.source(source, settings.dns());
    FoundBackends found = new FoundBackends(source, asked, said, settings.keep(), clock, owner);
    running.put(source.kind(), found);
    found.beginWith(before);
    found.start();
  }

  /** Whether every source has said who is there. */
  boolean hasAnswered() {
    return running.values().stream().allMatch(FoundBackends::hasAnswered);
  }

  /** These backends as the pool's settings have them. */
  List<BackendConfig> asSet(List<BackendConfig> found) {
    return found.stream().map(settings::settingsOf).toList();
  }

  void stop() {
    running.values().forEach(FoundBackends::stop);
    running.clear();
  }
}
