package io.loble.control;

import io.loble.config.BackendConfig;
import io.loble.config.ConfigException;
import io.loble.config.Discovery;
import io.loble.config.FoundSettings;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.keys.ConfigParts;
import io.loble.control.ConfigChange.TimedDrain;
import io.loble.model.BackendMode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes a backend's weight, bound or level, or takes it out of rotation and back. */
record BackendUpdate(ConfigManager manager, StatusView view, Lookup lookup, FoundLookup found)
    implements Command {

  /** What is asked for. */
  private record Wanted(String pool, String name, JsonObject changes, @Nullable Duration timeout) {}

  @Override
  public String name() {
    return "backend.update";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly(
        "pool", "name", "backend", "weight", "max_connections", "priority", "state", "timeout");
    String name = lookup.backendName(arguments);
    Wanted wanted =
        new Wanted(
            lookup.poolOfBackend(arguments, name),
            name,
            arguments.without("pool", "name", "backend", "timeout"),
            arguments.duration("timeout").orElse(null));
    if (wanted.changes().isEmpty()) {
      throw CommandException.invalidArgument(
          "nothing to change; give one of weight, max_connections, priority, state");
    }
    return manager
        .change(caller, name(), current -> edit(current, wanted))
        .map(done -> view.findBackend(wanted.pool(), name).orElseGet(() -> absent(wanted)));
  }

  /** Only its settings are known: it is not found now. */
  private static JsonObject absent(Wanted wanted) {
    return new JsonObject()
        .put("name", wanted.name())
        .put("state", "absent")
        .put("pool", wanted.pool());
  }

  private Edit edit(LobleConfig current, Wanted wanted) {
    PoolConfig pool = Lookup.pool(current, wanted.pool());
    return found.isFound(pool, wanted.name())
        ? editFound(current, pool, wanted)
        : editNamed(current, pool, wanted);
  }

  private static Edit editNamed(LobleConfig current, PoolConfig pool, Wanted wanted) {
    BackendConfig before = Lookup.backend(pool, wanted.name());
    BackendConfig after = changed(before, wanted.changes());
    List<BackendConfig> backends =
        pool.backends().stream().map(b -> b.equals(before) ? after : b).toList();
    Edit edit =
        Edit.of(
            current.withPool(pool.withBackends(backends)),
            Subjects.backend(wanted.pool(), wanted.name()));
    return closing(edit, wanted, after.mode() == BackendMode.READY);
  }

  private static Edit editFound(LobleConfig current, PoolConfig pool, Wanted wanted) {
    Discovery after = FoundLookup.changed(pool, wanted.name(), wanted.changes());
    FoundSettings set = after.backends().get(wanted.name());
    Edit edit =
        Edit.of(
            current.withPool(pool.withDiscovery(after)),
            Subjects.found(wanted.pool(), wanted.name()));
    boolean serves = set == null || set.mode().orElse(BackendMode.READY) == BackendMode.READY;
    return closing(edit, wanted, serves);
  }

  private static Edit closing(Edit edit, Wanted wanted, boolean serves) {
    if (serves && wanted.timeout() != null) {
      throw CommandException.invalidArgument("timeout: only with the state drain or maintenance");
    }
    // A drain without a timeout replaces an earlier one that had one.
    boolean orders = wanted.timeout() != null || wanted.changes().containsKey("state");
    return serves || !orders
        ? edit
        : edit.closing(new TimedDrain(wanted.pool(), wanted.name(), wanted.timeout()));
  }

  private static BackendConfig changed(BackendConfig before, JsonObject changes) {
    try {
      return ConfigParts.backend(before, changes);
    } catch (ConfigException e) {
      throw CommandException.arguments(e);
    }
  }
}
