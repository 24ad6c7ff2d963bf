package io.loble.cli;

import io.loble.config.ConfigException;
import io.loble.ctl.CtlCommand;
import io.vertx.core.json.Json;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** Where the process starts: picks the command. Without one, the load balancer runs. */
@Command(
    name = "loble",
    description = "A TCP load balancer. Without a command it runs, as with 'run'.",
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      CheckCommand.class,
      SchemaCommand.class,
      ServerCommand.class,
      ClientCommand.class,
      ScenarioCommand.class,
      CtlCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false)
public final class Main implements Callable<Integer> {

  @Mixin private final RunOptions options = new RunOptions();

  /** Starts the process, and ends it unless the command goes on in the background. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length > 0 && args[0].equals(CtlCommand.NAME)) {
      System.exit(ctl(args));
    }
    // Looking at the commands takes as long as loading what they all read and log with. That must
    // be done before they run: to who logs meanwhile, SLF4J hands out substitutes.
    Thread libraries = new Thread(Main::loadLibraries, "start");
    libraries.start();
    if (startsBalancer(args)) {
      // Until it handles them: nothing is read yet, so there is nothing to reload.
      List.of("HUP", "USR1").forEach(name -> new OsSignal(name).handle(() -> {}));
    }
    CommandLine commands = List.of(args).contains(CtlCommand.NAME) ? commandLine() : topLevel();
    libraries.join();
    commands.setOut(output());
    int code = commands.execute(args);
    if (code != ExitCodes.RUNNING) {
      System.exit(code);
    }
  }

  /** The one command that neither logs nor starts anything, and is to be over at once. */
  private static int ctl(String[] args) {
    return CtlCommand.only(args, (wrong, given) -> commandLine().setOut(output()).execute(given))
        .map(Main::configured)
        .orElseGet(Main::commandLine)
        .setOut(output())
        .execute(args);
  }

  /** Unlike the writer that picocli would make, this one tells when its reader is gone. */
  private static PrintWriter output() {
    return new PrintWriter(System.out, true, Charset.defaultCharset());
  }

  /** Other commands are for people at a terminal, whose end a SIGHUP tells. */
  private static boolean startsBalancer(String[] args) {
    return args.length == 0
        || args[0].startsWith("-")
        || args[0].equals(RunCommand.NAME)
        || BalancerConf.isFile(args[0]);
  }

  private static void loadLibraries() {
    LoggerFactory.getILoggerFactory();
    Json.decodeValue("{}");
  }

  /** All commands that there are. */
  static CommandLine commandLine() {
    CommandLine commands = topLevel();
    CtlCommand.addCommands(commands);
    // Once more, for what was added.
    return configured(commands);
  }

  /**
   * All but those below {@code ctl}: to look at so many takes a while, for which the start of a
   * balancer should not have to wait.
   */
  private static CommandLine topLevel() {
    return configured(new CommandLine(new Main()));
  }

  private static CommandLine configured(CommandLine commands) {
    return commands
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExitCodeExceptionMapper(Main::exitCode)
        .setExecutionExceptionHandler(Main::explain);
  }

  @Override
  public Integer call() throws Exception {
    return new Launch(options).run();
  }

  private static int exitCode(Throwable failure) {
    return failure instanceof ConfigException || failure instanceof ParameterException
        ? ExitCodes.USAGE
        : ExitCodes.FAILED;
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println(failure instanceof ConfigException ? failure.getMessage() : Failures.text(failure));
    err.flush();
    return command.getExitCodeExceptionMapper().getExitCode(failure);
  }
}
