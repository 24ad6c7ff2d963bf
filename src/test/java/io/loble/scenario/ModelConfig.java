package io.loble.scenario;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * As much of a configuration as the model knows. Orders are left out: nobody is told that they mean
 * anything.
 *
 * @param settings by key, such as {@code timeouts.idle}
 */
record ModelConfig(
    Map<String, String> settings, Map<String, Listener> listeners, Map<String, Pool> pools) {

  /** A backend, whose name is its key. */
  record Backend(String address, int weight, int maxConnections, String state) {}

  /** A listener, whose name is its key. */
  record Listener(String address, String pool) {}

  /** A pool, whose name is its key. */
  record Pool(String algorithm, int retries, Map<String, Backend> backends) {

    Pool {
      backends = Collections.unmodifiableMap(new TreeMap<>(backends));
    }

    Pool with(String name, @Nullable Backend backend) {
      return new Pool(algorithm, retries, ModelConfig.with(backends, name, backend));
    }

    boolean hasAddress(String address) {
      return backends.values().stream().anyMatch(backend -> backend.address().equals(address));
    }
  }

  ModelConfig {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    listeners = Collections.unmodifiableMap(new TreeMap<>(listeners));
    pools = Collections.unmodifiableMap(new TreeMap<>(pools));
  }

  /** A map with something put in, or taken out when it is null. */
  static <T> Map<String, T> with(Map<String, T> map, String name, @Nullable T value) {
    Map<String, T> changed = new TreeMap<>(map);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return changed;
  }

  ModelConfig withSetting(String key, String value) {
    return new ModelConfig(with(settings, key, value), listeners, pools);
  }

  ModelConfig withListener(String name, @Nullable Listener listener) {
    return new ModelConfig(settings, with(listeners, name, listener), pools);
  }

  ModelConfig withPool(String name, @Nullable Pool pool) {
    return new ModelConfig(settings, listeners, with(pools, name, pool));
  }

  boolean uses(String pool) {
    return listeners.values().stream().anyMatch(listener -> listener.pool().equals(pool));
  }

  /** Whether a listener stands in the way of another at that address. */
  boolean listensOn(String address) {
    return !address.endsWith(":0")
        && listeners.values().stream().anyMatch(listener -> listener.address().equals(address));
  }

  /** Whether it keeps the rules that a configuration has to keep. */
  boolean isValid() {
    List<String> taken =
        listeners.values().stream()
            .map(Listener::address)
            .filter(address -> !address.endsWith(":0"))
            .toList();
    return !listeners.isEmpty()
        && areUnique(taken)
        && listeners.values().stream().allMatch(listener -> pools.containsKey(listener.pool()))
        && pools.values().stream()
            .map(pool -> pool.backends().values().stream().map(Backend::address).toList())
            .allMatch(ModelConfig::areUnique);
  }

  private static boolean areUnique(List<String> texts) {
    Set<String> different = new HashSet<>(texts);
    return different.size() == texts.size();
  }
}
