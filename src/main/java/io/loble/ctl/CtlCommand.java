package io.loble.ctl;

import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code loble ctl}: looks at a running balancer, and changes it. */
@Command(
    name = CtlCommand.NAME,
    description = "Looks at a running balancer, and changes it.",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = CtlVersion.class,
    sortOptions = false)
public final class CtlCommand {

  /** What it is called. */
  public static final String NAME = "ctl";

  private static final List<Class<?>> COMMANDS =
      List.of(
          StatusCommand.class,
          WatchCommand.class,
          EventsCommand.class,
          ExplainCommand.class,
          ConnectionsCommand.class,
          CloseCommand.class,
          ThreadsCommand.class,
          AddCommand.class,
          RemoveCommand.class,
          DrainCommand.class,
          ReadyCommand.class,
          MaintenanceCommand.class,
          WeightCommand.class,
          AlgorithmCommand.class,
          RebalanceCommand.class,
          PoolCommand.class,
          ListenerCommand.class,
          ConfigCommand.class,
          PlanCommand.class,
          ReloadCommand.class,
          RollbackCommand.class,
          VersionsCommand.class,
          CompletionCommand.class);

  @Mixin private final AdminOptions admin = new AdminOptions();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Prints what the balancer answers, as JSON, and nothing else.")
  private boolean json;

  /** Gives the command what is below it; until then it is a name and its options. */
  public static void addCommands(CommandLine loble) {
    CommandLine ctl = Objects.requireNonNull(loble.getSubcommands().get(NAME));
    COMMANDS.forEach(ctl::addSubcommand);
  }

  Session session(CommandLine command) throws CtlException {
    return new Session(
        admin.client(),
        command.getOut(),
        json ? Session.Form.JSON : Session.Form.TEXT,
        command.getColorScheme().ansi());
  }
}
