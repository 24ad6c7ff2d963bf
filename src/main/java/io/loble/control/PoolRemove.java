package io.loble.control;

import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Removes a pool that no listener uses; its connections may finish. */
record PoolRemove(ConfigManager manager, StatusView view) implements Command {

  @Override
  public String name() {
    return "pool.remove";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("pool", "timeout");
    String pool = arguments.text("pool");
    Duration timeout = arguments.duration("timeout").orElse(null);
    JsonObject shown = view.pool(pool);
    return manager
        .change(caller, name(), current -> edit(current, pool, timeout))
        .map(done -> shown);
  }

  private static Edit edit(LobleConfig current, String name, @Nullable Duration timeout) {
    List<String> users =
        current.listeners().stream()
            .filter(listener -> listener.pools().contains(name))
            .map(ListenerConfig::name)
            .toList();
    if (!users.isEmpty()) {
      throw CommandException.conflict(
          "pool \"" + name + "\" is used by the listener " + String.join(", ", users));
    }
    Map<String, PoolConfig> others = new LinkedHashMap<>(current.pools());
    // One that is leaving is gone from the configuration already.
    others.remove(name);
    return Edit.of(current.withPools(others), Subjects.pool(name)).draining(timeout);
  }
}
