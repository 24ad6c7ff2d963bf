package io.loble.model;

import io.vertx.core.shareddata.Shareable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a proxy needs to choose a backend, as it was at one moment. A new one is built when a
 * state, a weight or a membership changes, and only then.
 *
 * @param version grows by at least one from snapshot to snapshot
 * @param pools by name, in the order of the configuration
 */
public record Snapshot(long version, Map<String, Pool> pools) implements Shareable {

  public Snapshot {
    pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
  }

  /** The pool of that name, or null. */
  public @Nullable Pool pool(String name) {
    return pools.get(name);
  }
}
