package io.loble.scenario;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Commands by chance about pools, backends and listeners, some of them to be refused. */
final class RandomCalls {

  private static final List<String> COMMANDS =
      List.of(
          "backend.add",
          "backend.add",
          "backend.update",
          "backend.update",
          "backend.remove",
          "pool.algorithm",
          "pool.add",
          "pool.remove",
          "listener.add",
          "listener.update",
          "listener.remove");

  private final Names names;

  RandomCalls(Names names) {
    this.names = names;
  }

  Call next(ModelConfig now) {
    String command = names.one(COMMANDS);
    return switch (command) {
      case "backend.add" -> backendAdd();
      case "backend.update" -> backendUpdate(now);
      case "backend.remove" -> backendRemove(now);
      case "pool.algorithm" ->
          Call.of(command, "pool", names.pool(), "algorithm", algorithmOrNot());
      case "pool.add" -> poolAdd();
      case "pool.remove" -> timed(Call.of(command, "pool", names.pool()));
      case "listener.add" -> listenerAdd();
      case "listener.update" -> Call.of(command, "name", names.listener(), "pool", names.pool());
      default -> timed(Call.of(command, "name", names.listener()));
    };
  }

  private String algorithmOrNot() {
    return names.chance(5) ? "fastest" : names.algorithm();
  }

  private Call poolAdd() {
    Call call = Call.of("pool.add", "name", names.pool());
    if (names.chance(50)) {
      call.arguments().put("algorithm", names.algorithm());
    }
    if (names.chance(50)) {
      call.arguments().put("retries", names.below(4));
    }
    return call;
  }

  private Call backendAdd() {
    Call call = Call.of("backend.add", "pool", names.pool(), "address", names.target());
    if (names.chance(70)) {
      call.arguments().put("name", names.backend());
    }
    return settings(call);
  }

  private Call backendUpdate(ModelConfig now) {
    String pool = names.pool();
    Call call =
        settings(Call.of("backend.update", "pool", pool, "name", names.backendOf(now, pool)));
    return call.arguments().containsKey("state") ? timed(call) : call;
  }

  private Call backendRemove(ModelConfig now) {
    String pool = names.pool();
    return timed(Call.of("backend.remove", "pool", pool, "name", names.backendOf(now, pool)));
  }

  private Call listenerAdd() {
    return Call.of(
        "listener.add",
        "name",
        names.listener(),
        "address",
        names.listening(),
        "pool",
        names.pool());
  }

  private Call settings(Call call) {
    JsonObject arguments = call.arguments();
    if (names.chance(50)) {
      arguments.put(
          "weight", names.chance(5) ? 257 * names.below(2) - names.below(2) : names.below(10));
    }
    if (names.chance(30)) {
      arguments.put("max_connections", names.below(100));
    }
    if (names.chance(40)) {
      arguments.put("state", names.state());
    }
    return call;
  }

  private Call timed(Call call) {
    if (names.chance(70)) {
      call.arguments().put("timeout", names.below(5) * 250 + "ms");
    }
    return call;
  }
}
