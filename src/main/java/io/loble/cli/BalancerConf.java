package io.loble.cli;

import io.loble.config.ConfigException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the balancer runs with: {@code -conf}, or the same as an argument. */
final class BalancerConf {

  @Option(
      names = {"-conf", "--conf"},
      paramLabel = "FILE_OR_JSON",
      description = "The configuration: a TOML file, a JSON file that names one, or such JSON.")
  private @Nullable String conf;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A TOML file, or a JSON file that names one; the same as -conf FILE.")
  private @Nullable String file;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** What {@code -conf} means, as JSON; empty when nothing was given. */
  JsonObject read() throws ConfigException {
    if (file != null) {
      checkFile(file);
      return ConfArgument.read(file);
    }
    String given = given();
    return given == null ? new JsonObject() : ConfArgument.read(given);
  }

  /** What {@code -conf} was given, behind the name of the command or before it. */
  private @Nullable String given() {
    @Nullable CommandSpec above = spec.parent();
    @Nullable OptionSpec before = above == null ? null : above.findOption("-conf");
    @Nullable String outer = before == null ? null : before.getValue();
    if (conf != null && outer != null) {
      throw twice(outer, "-conf " + conf);
    }
    return conf == null ? outer : conf;
  }

  private ParameterException twice(String option, String other) {
    return new ParameterException(
        spec.commandLine(),
        "the configuration is given twice: as -conf " + option + ", and as " + other);
  }

  private void checkFile(String given) {
    CommandLine command = spec.commandLine();
    String option = given();
    if (option != null) {
      throw twice(option, given);
    }
    if (spec.parent() == null && !isFile(given)) {
      throw new NoCommand(command, given);
    }
  }

  /** Picocli adds which command is meant, where one is near. */
  private static final class NoCommand extends UnmatchedArgumentException {

    private static final long serialVersionUID = 1L;

    private final String given;

    NoCommand(CommandLine command, String given) {
      super(command, List.of(given));
      this.given = given;
    }

    @Override
    public String getMessage() {
      return "'" + given + "' is neither a command nor a file";
    }
  }

  /** Whether a first argument names a file, and is no mistyped command. */
  static boolean isFile(String argument) {
    return argument.matches("(?s).*[./{].*") || Files.exists(Path.of(argument));
  }
}
