package io.loble.ctl.command;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/**
 * The commands below {@code ctl}, in the order in which help lists them. To look at one by
 * reflection takes a while, to look at all of them takes longer than most of them run.
 */
public final class CtlCommands {

  static final List<String> NAMES =
      List.of(
          "status",
          "watch",
          "events",
          "explain",
          "connections",
          "close",
          "threads",
          "add",
          "rm",
          "drain",
          "eject",
          "readmit",
          "ready",
          "maintenance",
          "weight",
          "algo",
          "rebalance",
          "pool",
          "listener",
          "config",
          "plan",
          "reload",
          "rollback",
          "versions",
          "completion",
          "names");

  private CtlCommands() {}

  public static void addAll(CommandLine ctl) {
    NAMES.forEach(name -> ctl.addSubcommand(type(name)));
  }

  /** Adds those that one of the arguments is the name of; says whether there is one. */
  public static boolean addNamed(CommandLine ctl, String[] arguments) {
    boolean found = false;
    for (String name : NAMES) {
      if (Arrays.asList(arguments).contains(name)) {
        ctl.addSubcommand(type(name));
        found = true;
      }
    }
    return found;
  }

  /** Loads one class, and leaves the others alone. */
  private static Class<?> type(String name) {
    return switch (name) {
      case "status" -> StatusCommand.class;
      case "watch" -> WatchCommand.class;
      case "events" -> EventsCommand.class;
      case "explain" -> ExplainCommand.class;
      case "connections" -> ConnectionsCommand.class;
      case "close" -> CloseCommand.class;
      case "threads" -> ThreadsCommand.class;
      case "add" -> AddCommand.class;
      case "rm" -> RemoveCommand.class;
      case "drain" -> DrainCommand.class;
      case "eject" -> EjectCommand.class;
      case "readmit" -> ReadmitCommand.class;
      case "ready" -> ReadyCommand.class;
      case "maintenance" -> MaintenanceCommand.class;
      case "weight" -> WeightCommand.class;
      case "algo" -> AlgorithmCommand.class;
      case "rebalance" -> RebalanceCommand.class;
      case "pool" -> PoolCommand.class;
      case "listener" -> ListenerCommand.class;
      case "config" -> ConfigCommand.class;
      case "plan" -> PlanCommand.class;
      case "reload" -> ReloadCommand.class;
      case "rollback" -> RollbackCommand.class;
      case "versions" -> VersionsCommand.class;
      case "completion" -> CompletionCommand.class;
      case "names" -> NamesCommand.class;
      default -> throw new IllegalArgumentException(name);
    };
  }
}
