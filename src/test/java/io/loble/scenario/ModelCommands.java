package io.loble.scenario;

import io.loble.scenario.ModelConfig.Backend;
import io.loble.scenario.ModelConfig.Listener;
import io.loble.scenario.ModelConfig.Pool;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What comes of a command about pools, backends and listeners, by docs/control.md. */
final class ModelCommands {

  /** By their full names. */
  static final List<String> ALGORITHMS =
      List.of(
          "round_robin",
          "least_connections",
          "random",
          "source_hash",
          "p2c",
          "peak_ewma",
          "maglev",
          "least_bandwidth",
          "adaptive");

  private ModelCommands() {}

  /**
   * What is expected.
   *
   * @param statuses one of these is answered
   * @param after what is in force then
   */
  record Outcome(Set<Integer> statuses, ModelConfig after) {}

  static Outcome of(Call call, ModelConfig now) {
    JsonObject arguments = call.arguments();
    return switch (call.command()) {
      case "pool.add" -> poolAdd(arguments, now);
      case "pool.remove" -> poolRemove(arguments, now);
      case "pool.algorithm" -> poolAlgorithm(arguments, now);
      case "backend.add" -> backendAdd(arguments, now);
      case "backend.update" -> backendUpdate(arguments, now);
      case "backend.remove" -> backendRemove(arguments, now);
      case "listener.add" -> listenerAdd(arguments, now);
      case "listener.update" -> listenerUpdate(arguments, now);
      case "listener.remove" -> listenerRemove(arguments, now);
      default -> throw new IllegalArgumentException(call.command());
    };
  }

  private static Outcome poolAdd(JsonObject arguments, ModelConfig now) {
    String name = arguments.getString("name");
    if (now.pools().containsKey(name)) {
      return refused(409, now);
    }
    String algorithm = arguments.getString("algorithm", "round_robin");
    Pool pool = new Pool(algorithm, arguments.getInteger("retries", 1), Map.of());
    return new Outcome(Set.of(201), now.withPool(name, pool));
  }

  private static Outcome poolRemove(JsonObject arguments, ModelConfig now) {
    String name = arguments.getString("pool");
    if (!now.pools().containsKey(name)) {
      return perhapsLeaving(now);
    }
    return now.uses(name) ? refused(409, now) : new Outcome(Set.of(202), now.withPool(name, null));
  }

  private static Outcome poolAlgorithm(JsonObject arguments, ModelConfig now) {
    String name = arguments.getString("pool");
    String algorithm = arguments.getString("algorithm");
    if (!ALGORITHMS.contains(algorithm)) {
      return refused(400, now);
    }
    Pool pool = now.pools().get(name);
    if (pool == null) {
      return refused(404, now);
    }
    Pool changed = new Pool(algorithm, pool.retries(), pool.backends());
    return new Outcome(Set.of(200), now.withPool(name, changed));
  }

  private static Outcome backendAdd(JsonObject arguments, ModelConfig now) {
    String poolName = arguments.getString("pool");
    String address = arguments.getString("address");
    String name = arguments.getString("name", address);
    if (!isWeight(arguments)) {
      return refused(400, now);
    }
    Pool pool = now.pools().get(poolName);
    if (pool == null) {
      return refused(404, now);
    }
    if (pool.backends().containsKey(name) || pool.hasAddress(address)) {
      return refused(409, now);
    }
    Backend added = settings(new Backend(address, 1, 0, "ready"), arguments);
    return new Outcome(Set.of(201), now.withPool(poolName, pool.with(name, added)));
  }

  private static Outcome backendUpdate(JsonObject arguments, ModelConfig now) {
    String poolName = arguments.getString("pool");
    String name = arguments.getString("name");
    JsonObject changes = arguments.copy();
    Set.of("pool", "name", "timeout").forEach(changes::remove);
    if (changes.isEmpty()) {
      return refused(400, now);
    }
    Pool pool = now.pools().get(poolName);
    if (pool == null || !pool.backends().containsKey(name)) {
      return refused(404, now);
    }
    Backend changed = settings(pool.backends().get(name), changes);
    boolean misplaced = arguments.containsKey("timeout") && changed.state().equals("ready");
    return misplaced || !isWeight(arguments)
        ? refused(400, now)
        : new Outcome(Set.of(200), now.withPool(poolName, pool.with(name, changed)));
  }

  private static Outcome backendRemove(JsonObject arguments, ModelConfig now) {
    String poolName = arguments.getString("pool");
    String name = arguments.getString("name");
    Pool pool = now.pools().get(poolName);
    return pool == null || !pool.backends().containsKey(name)
        ? perhapsLeaving(now)
        : new Outcome(Set.of(202), now.withPool(poolName, pool.with(name, null)));
  }

  private static Outcome listenerAdd(JsonObject arguments, ModelConfig now) {
    String name = arguments.getString("name");
    Listener added =
        new Listener(arguments.getString("address"), arguments.getString("pool", "default"));
    if (!now.pools().containsKey(added.pool())) {
      return refused(404, now);
    }
    return now.listeners().containsKey(name) || now.listensOn(added.address())
        ? refused(409, now)
        : new Outcome(Set.of(201), now.withListener(name, added));
  }

  private static Outcome listenerUpdate(JsonObject arguments, ModelConfig now) {
    String name = arguments.getString("name");
    String pool = arguments.getString("pool");
    Listener before = now.listeners().get(name);
    return before == null || !now.pools().containsKey(pool)
        ? refused(404, now)
        : new Outcome(Set.of(200), now.withListener(name, new Listener(before.address(), pool)));
  }

  private static Outcome listenerRemove(JsonObject arguments, ModelConfig now) {
    String name = arguments.getString("name");
    if (!now.listeners().containsKey(name)) {
      return refused(404, now);
    }
    return now.listeners().size() == 1
        ? refused(409, now)
        : new Outcome(Set.of(202), now.withListener(name, null));
  }

  private static Backend settings(Backend base, JsonObject changes) {
    return new Backend(
        base.address(),
        changes.getInteger("weight", base.weight()),
        changes.getInteger("max_connections", base.maxConnections()),
        changes.getString("state", base.state()));
  }

  private static boolean isWeight(JsonObject arguments) {
    int weight = arguments.getInteger("weight", 1);
    return weight >= 0 && weight <= 256;
  }

  private static Outcome refused(int status, ModelConfig now) {
    return new Outcome(Set.of(status), now);
  }

  /** It is not there, unless it was removed a moment ago and still has connections. */
  private static Outcome perhapsLeaving(ModelConfig now) {
    return new Outcome(Set.of(202, 404), now);
  }
}
