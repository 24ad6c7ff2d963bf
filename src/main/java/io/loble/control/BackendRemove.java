package io.loble.control;

import io.loble.config.BackendConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.control.ConfigChange.TimedDrain;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes a backend: it gets no new connections, and is gone when those it has have ended. */
record BackendRemove(ConfigManager manager, StatusView view, Lookup lookup, FoundLookup found)
    implements Command {

  @Override
  public String name() {
    return "backend.remove";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("pool", "name", "backend", "timeout");
    String name = lookup.backendName(arguments);
    String pool = lookup.poolOfBackend(arguments, name);
    Duration timeout = arguments.duration("timeout").orElse(null);
    found.refuse(pool, name);
    JsonObject before = view.backend(pool, name);
    return manager
        .change(caller, name(), current -> edit(current, pool, name, timeout))
        .map(done -> view.findBackend(pool, name).orElse(before));
  }

  private static Edit edit(
      LobleConfig current, String poolName, String name, @Nullable Duration timeout) {
    PoolConfig pool = current.pools().get(poolName);
    if (pool == null || pool.backends().stream().noneMatch(b -> b.name().equals(name))) {
      return again(current, poolName, name, timeout);
    }
    List<BackendConfig> others =
        pool.backends().stream().filter(backend -> !backend.name().equals(name)).toList();
    return Edit.of(current.withPool(pool.withBackends(others)), Subjects.backend(poolName, name))
        .draining(timeout);
  }

  /** It is leaving already; all that may change is how long that takes. */
  private static Edit again(
      LobleConfig current, String pool, String name, @Nullable Duration timeout) {
    Edit nothing = Edit.of(current, Subjects.backend(pool, name));
    return timeout == null ? nothing : nothing.closing(new TimedDrain(pool, name, timeout));
  }
}
