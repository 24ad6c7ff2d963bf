package io.loble.ctl;

import io.loble.ctl.command.CtlCommands;
import io.loble.ctl.command.CtlOptions;
import io.loble.model.BuildInfo;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;

/** {@code loble ctl}: looks at a running balancer, and changes it. */
@Command(
    name = CtlCommand.NAME,
    description = "Inspects and changes a running balancer.",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = CtlCommand.Version.class,
    sortOptions = false)
public final class CtlCommand {

  /** What it is called. */
  public static final String NAME = "ctl";

  /** What a line says that needs to know all commands. */
  private static final List<String> EVERYTHING =
      List.of("-h", "--help", "-V", "--version", "completion");

  /** Read by the commands, which find it among the mixins. */
  @SuppressWarnings("UnusedVariable")
  @Mixin
  private final CtlOptions options = new CtlOptions();

  /** Gives the command what is below it; until then it is a name and its options. */
  public static void addCommands(CommandLine loble) {
    CommandLine ctl = Objects.requireNonNull(loble.getSubcommands().get(NAME));
    CtlCommands.addAll(ctl);
    loble.setParameterExceptionHandler(new BadLine(NAME, loble.getParameterExceptionHandler()));
  }

  /**
   * A command line that knows only what those arguments name, because that is made sooner.
   *
   * @param arguments of which the first is {@link #NAME}
   * @param wrong takes over when they cannot be parsed that way
   * @return empty when the arguments are about other commands as well, as those for help are
   */
  public static Optional<CommandLine> only(String[] arguments, IParameterExceptionHandler wrong) {
    CommandLine ctl = new CommandLine(new CtlCommand());
    if (!Collections.disjoint(EVERYTHING, Arrays.asList(arguments))
        || !CtlCommands.addNamed(ctl, arguments)) {
      return Optional.empty();
    }
    CommandLine loble = new CommandLine(CommandSpec.create().name("loble"));
    loble.addSubcommand(NAME, ctl);
    return Optional.of(loble.setParameterExceptionHandler(wrong));
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"loble " + BuildInfo.version()};
    }
  }
}
