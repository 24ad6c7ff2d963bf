package io.loble.config.keys;

import io.loble.config.ActiveCheck;
import io.loble.config.BackendConfig;
import io.loble.config.Durations;
import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.MachineAddresses;
import io.loble.config.PoolConfig;
import io.loble.config.read.Place;
import io.loble.model.BackendMode;
import io.loble.model.UnixPath;
import io.netty.util.NetUtil;
import io.vertx.core.json.JsonArray;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what is valid in a configuration and probably a mistake. */
public final class ConfigWarnings {

  /** How long a pool probes and how often. */
  private record Pace(Duration timeout, Duration interval) {}

  private final LobleConfig config;
  private final List<String> found = new ArrayList<>();

  private ConfigWarnings(LobleConfig config) {
    this.config = config;
  }

  /** All of it, a sentence for each, which begins with the key. */
  public static List<String> of(LobleConfig config) {
    ConfigWarnings warnings = new ConfigWarnings(config);
    warnings.slowProbes();
    config.listeners().forEach(l -> warnings.found.addAll(FrontWarnings.of(l)));
    config.listeners().forEach(warnings::missingDirectory);
    config.pools().values().forEach(warnings::pool);
    warnings.foreignSources();
    config.pools().values().forEach(warnings::uselessSource);
    config.pools().values().forEach(pool -> warnings.found.addAll(TlsWarnings.of(pool)));
    config.pools().values().forEach(pool -> warnings.found.addAll(BalancingWarnings.of(pool)));
    return List.copyOf(warnings.found);
  }

  /** The same, as the control interface shows it. */
  public static JsonArray toJson(LobleConfig config) {
    return new JsonArray(of(config));
  }

  private void slowProbes() {
    Map<Pace, List<String>> pools = new LinkedHashMap<>();
    for (PoolConfig pool : config.pools().values()) {
      ActiveCheck check = pool.health().active();
      if (check.enabled() && check.timeout().compareTo(check.interval()) > 0) {
        Pace pace = new Pace(check.timeout(), check.interval());
        pools.computeIfAbsent(pace, first -> new ArrayList<>()).add(pool.name());
      }
    }
    pools.forEach((pace, names) -> found.add(slowProbe(pace, names)));
  }

  private static String slowProbe(Pace pace, List<String> pools) {
    return "health.active.timeout: %s is longer than the interval, %s (%s %s): a backend that does"
            .formatted(
                Durations.format(pace.timeout()),
                Durations.format(pace.interval()),
                pools.size() == 1 ? "pool" : "pools",
                String.join(", ", pools))
        + " not answer is probed once in "
        + Durations.format(pace.timeout());
  }

  private void pool(PoolConfig pool) {
    String key = Place.of("").child(Tables.POOLS).child(pool.name()).key();
    Set<String> listeners =
        config.listeners().stream()
            .filter(listener -> listener.pools().contains(pool.name()))
            .map(ListenerConfig::name)
            .collect(Collectors.toSet());
    if (listeners.isEmpty()) {
      found.add(key + ": no listener uses this pool");
      return;
    }
    if (config.listeners().stream()
        .noneMatch(listener -> listener.http().on() && listeners.contains(listener.name()))) {
      found.addAll(HttpWarnings.withoutRequests(pool));
    }
    if (pool.discovery().isOn()) {
      found.addAll(DiscoveryWarnings.of(pool));
    } else if (pool.backends().isEmpty()) {
      found.add(key + ".backends: there is none, so every client of this pool is refused");
    } else if (pool.backends().stream().noneMatch(ConfigWarnings::takesClients)) {
      found.add(
          key
              + ".backends: none takes new clients (weight 0, drain or maintenance), so every"
              + " client of this pool is refused");
    }
  }

  private void foreignSources() {
    if (config.pools().values().stream().allMatch(pool -> pool.outbound().source().isEmpty())) {
      return;
    }
    MachineAddresses machine = MachineAddresses.now();
    for (PoolConfig pool : config.pools().values()) {
      pool.outbound().source().all().stream()
          .filter(address -> !machine.include(address))
          .forEach(address -> found.add(foreignSource(pool, address)));
    }
  }

  private static String foreignSource(PoolConfig pool, InetAddress address) {
    return Place.of("").child(Tables.POOLS).child(pool.name()).key()
        + ".source: this machine does not have the address "
        + NetUtil.toAddressString(address)
        + ", so no connection to a backend can come from it";
  }

  private void missingDirectory(ListenerConfig listener) {
    if (listener.address() instanceof UnixPath unix) {
      Path directory = Path.of(unix.path()).resolveSibling("");
      if (!Files.isDirectory(directory)) {
        found.add(
            "listeners.%s.address: this machine has no directory %s, where the socket is to be made"
                .formatted(listener.name(), directory));
      }
    }
  }

  private void uselessSource(PoolConfig pool) {
    if (!pool.outbound().source().isEmpty()
        && !pool.discovery().isOn()
        && !pool.backends().isEmpty()
        && pool.backends().stream().allMatch(b -> b.address() instanceof UnixPath)) {
      found.add(
          Place.of("").child(Tables.POOLS).child(pool.name()).key()
              + ".source: has no effect, since a connection to a Unix socket comes from no"
              + " address");
    }
  }

  private static boolean takesClients(BackendConfig backend) {
    return backend.weight() > 0 && backend.mode() == BackendMode.READY;
  }
}
