package io.loble.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The commands that a balancer knows, by name. Immutable; may be used from any thread. */
public final class Commands {

  private final Map<String, Command> byName = new TreeMap<>();

  /**
   * @throws IllegalArgumentException when two commands have the same name
   */
  public Commands(List<Command> commands) {
    for (Command command : commands) {
      if (byName.putIfAbsent(command.name(), command) != null) {
        throw new IllegalArgumentException("two commands are called " + command.name());
      }
    }
  }

  /** Every command there is, for that balancer. */
  public static Commands of(RunningBalancer balancer) {
    return new Commands(List.of(new StatusCommand(new StatusView(balancer))));
  }

  /**
   * Runs the command of that name.
   *
   * @return the answer; a {@link CommandException} with status 404 when there is no such command;
   *     whatever the command failed with or threw
   */
  public Future<JsonObject> run(String name, JsonObject arguments) {
    Command command = byName.get(name);
    if (command == null) {
      return Future.failedFuture(CommandException.unknown("command", name, byName.keySet()));
    }
    return Future.succeededFuture(arguments).compose(command::run);
  }
}
