package io.loble.scenario;

import io.loble.scenario.ModelConfig.Backend;
import io.loble.scenario.ModelConfig.Pool;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is in force after the file has changed: whatever the file says otherwise than before is as
 * it says now, and the rest is as it was.
 *
 * @param before what the file said
 * @param after what it says
 */
record ModelMerge(ModelConfig before, ModelConfig after) {

  ModelConfig of(ModelConfig inForce) {
    return new ModelConfig(
        changed(before.settings(), after.settings(), inForce.settings()),
        changed(before.listeners(), after.listeners(), inForce.listeners()),
        pools(inForce.pools()));
  }

  private static <T> Map<String, T> changed(
      Map<String, T> before, Map<String, T> after, Map<String, T> inForce) {
    Map<String, T> result = new TreeMap<>(inForce);
    for (String name : names(before, after)) {
      T now = after.get(name);
      if (!Objects.equals(before.get(name), now)) {
        result.remove(name);
        if (now != null) {
          result.put(name, now);
        }
      }
    }
    return result;
  }

  private Map<String, Pool> pools(Map<String, Pool> inForce) {
    Map<String, Pool> result = new TreeMap<>();
    for (String name : names(inForce, names(before.pools(), after.pools()))) {
      Pool pool = pool(before.pools().get(name), after.pools().get(name), inForce.get(name));
      if (pool != null) {
        result.put(name, pool);
      }
    }
    return result;
  }

  private static @Nullable Pool pool(
      @Nullable Pool before, @Nullable Pool after, @Nullable Pool inForce) {
    if (after == null) {
      // Removed from the file just now, or none of the file's business.
      return before == null ? inForce : null;
    }
    if (before == null) {
      return after;
    }
    if (inForce == null) {
      return before.equals(after) ? null : after;
    }
    return unmistakable(after, merged(before, after, inForce));
  }

  private static Pool merged(Pool before, Pool after, Pool inForce) {
    return new Pool(
        before.algorithm().equals(after.algorithm()) ? inForce.algorithm() : after.algorithm(),
        before.retries() == after.retries() ? inForce.retries() : after.retries(),
        changed(before.backends(), after.backends(), inForce.backends()));
  }

  /** The file's backend stands for an address; others that were given it meanwhile go. */
  private static Pool unmistakable(Pool file, Pool pool) {
    Set<String> taken =
        pool.backends().entrySet().stream()
            .filter(entry -> file.backends().containsKey(entry.getKey()))
            .map(entry -> entry.getValue().address())
            .collect(Collectors.toSet());
    Map<String, Backend> kept = new TreeMap<>(pool.backends());
    kept.entrySet()
        .removeIf(
            entry ->
                !file.backends().containsKey(entry.getKey())
                    && taken.contains(entry.getValue().address()));
    return new Pool(pool.algorithm(), pool.retries(), kept);
  }

  private static Set<String> names(Map<String, ?> one, Map<String, ?> other) {
    return names(one, other.keySet());
  }

  private static Set<String> names(Map<String, ?> one, Set<String> others) {
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(others);
    return names;
  }
}
