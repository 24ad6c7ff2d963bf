package io.loble.cli;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.config.FileReads;
import io.loble.config.LoggingConfig;
import io.loble.config.TextFile;
import io.loble.play.Player;
import io.loble.play.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loble scenario}: plays timelines and judges them. */
@Command(
    name = "scenario",
    description =
        "Plays scenarios, one after another: balancer, servers and clients in one process.",
    footer = "Exit code 0 when all passed, 1 when one failed, 2 when a file cannot be used.",
    mixinStandardHelpOptions = true,
    versionProvider = LobleVersion.class,
    sortOptions = false)
final class ScenarioCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Scenarios, such as conf/scenarios/failover.json.")
  private List<String> files = List.of();

  @Option(
      names = "--log",
      paramLabel = "LEVEL",
      defaultValue = "error",
      description =
          "What balancer, servers and clients log: trace, debug, info, warn, error; default error.")
  private LoggingConfig.Level level = LoggingConfig.Level.ERROR;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws ConfigException {
    List<Scenario> scenarios = read();
    Logging.configure(SimulatorProcess.logging(level));
    PrintWriter out = spec.commandLine().getOut();
    Player player = new Player(out::println);
    List<String> failures = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      Optional<String> failure = player.play(scenario);
      failure.ifPresent(why -> failures.add(scenario.source() + ": " + why));
      out.println();
    }
    out.println(scenarios.size() - failures.size() + " passed, " + failures.size() + " failed");
    failures.forEach(out::println);
    return failures.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  /** All files are read before the first is played. */
  private List<Scenario> read() throws ConfigException {
    List<Scenario> scenarios = new ArrayList<>();
    List<ConfigError> errors = new ArrayList<>();
    for (String file : files) {
      try {
        scenarios.add(Scenario.read(file, text(file)));
      } catch (ConfigException e) {
        errors.addAll(e.errors());
      }
    }
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
    return scenarios;
  }

  private static String text(String file) throws ConfigException {
    try {
      return TextFile.decode(FileReads.named(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw unreadable(file, "no such file; conf/scenarios/ has samples");
    } catch (CharacterCodingException e) {
      throw unreadable(file, String.valueOf(e.getMessage()));
    } catch (InvalidPathException | IOException e) {
      throw unreadable(file, "cannot be read: " + e.getMessage());
    }
  }

  private static ConfigException unreadable(String file, String reason) {
    return new ConfigException(List.of(new ConfigError(file, 0, 0, null, reason)));
  }
}
