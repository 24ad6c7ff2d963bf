package io.loble.control;

import io.loble.history.HistoryKeeper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The commands that a balancer knows, by name. Immutable; may be used from any thread. */
public final class Commands {

  private final Map<String, Command> byName = new TreeMap<>();

  /**
   * @throws IllegalArgumentException when two commands have the same name
   */
  Commands(List<Command> commands) {
    for (Command command : commands) {
      if (byName.putIfAbsent(command.name(), command) != null) {
        throw new IllegalArgumentException("two commands are called " + command.name());
      }
    }
  }

  /** Every command there is, for what is steered there. */
  public static Commands of(
      Vertx vertx, ConfigManager manager, StatusView view, HistoryKeeper history) {
    RunningBalancer balancer = new RunningBalancer(vertx, manager.config().id());
    Lookup lookup = new Lookup(manager, view);
    FoundLookup found = new FoundLookup(balancer);
    return new Commands(
        List.of(
            new Slow(vertx, "status", view::status),
            new Query("pool.list", () -> list("pools", view.pools())),
            new Query("listener.list", () -> list("listeners", view.listeners())),
            new Query("config.get", view::config),
            new Query("config.versions", () -> list("versions", view.versions())),
            new HistoryGet(history, lookup),
            new Explain(vertx, balancer),
            new ConnectionList(vertx, balancer),
            new ClientList(vertx, balancer),
            new ConnectionClose(vertx, manager),
            new ThreadList(vertx),
            new PoolGet(view),
            new ListenerGet(view),
            new PoolAdd(manager, view),
            new PoolRemove(manager, view),
            new PoolAlgorithm(manager, view, lookup),
            new PoolRebalance(vertx, manager, view, lookup),
            new BackendGet(view, lookup),
            new BackendAdd(manager, view, lookup),
            new BackendUpdate(manager, view, lookup, found),
            new BackendRemove(manager, view, lookup, found),
            BackendEjection.eject(vertx, manager, view, lookup),
            BackendEjection.readmit(vertx, manager, view, lookup),
            new ListenerAdd(manager, view),
            new ListenerUpdate(manager, view, new OpenSocket(balancer.transport())),
            new ListenerRemove(manager, view),
            new ConfigReload(manager),
            new ConfigPlan(manager),
            new ConfigRollback(manager)));
  }

  /**
   * Runs the command of that name.
   *
   * @return the answer; a {@link CommandException} that says {@link Reason#NOT_FOUND} when there is
   *     no such command; whatever the command failed with or threw
   */
  public Future<JsonObject> run(Caller caller, String name, JsonObject arguments) {
    Command command = byName.get(name);
    if (command == null) {
      return Future.failedFuture(CommandException.unknown("command", name, byName.keySet()));
    }
    return Future.succeededFuture(new Arguments(arguments))
        .compose(given -> command.run(caller, given));
  }

  private static JsonObject list(String name, JsonArray items) {
    return new JsonObject().put(name, items);
  }

  /** A command without arguments that only looks. */
  private record Query(String name, Supplier<JsonObject> answer) implements Command {

    @Override
    public Future<JsonObject> run(Caller caller, Arguments arguments) {
      arguments.allowOnly();
      return Future.succeededFuture(answer.get());
    }
  }

  /** The same, where thousands of backends would make an event loop stand still over it. */
  private record Slow(Vertx vertx, String name, Supplier<JsonObject> answer) implements Command {

    @Override
    public Future<JsonObject> run(Caller caller, Arguments arguments) {
      arguments.allowOnly();
      return vertx.executeBlocking(answer::get, false);
    }
  }
}
