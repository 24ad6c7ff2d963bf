package io.loble.cli;

import io.loble.TransportChoice;
import io.loble.config.ConfigLoader;
import io.loble.config.ConfigWarnings;
import io.loble.config.EffectiveConfig;
import io.loble.config.LaunchOptions;
import io.loble.config.LobleConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code loble check}: says what {@code run} would run with, or all that is wrong with it. */
@Command(
    name = "check",
    description =
        "Prints the effective configuration, then warnings and OK to standard error; or every"
            + " error.",
    mixinStandardHelpOptions = true,
    versionProvider = LobleVersion.class,
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {

  @Mixin private final BalancerConf conf = new BalancerConf();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    LaunchOptions launch = ConfigLoader.launchOptions(conf.read(), System.getenv());
    LobleConfig config = ConfigLoader.load(launch, System.getenv());
    TransportChoice.of(launch.transport());
    spec.commandLine().getOut().print(EffectiveConfig.toToml(config));
    spec.commandLine().getOut().flush();
    judge(launch.source(), config);
    return ExitCodes.DONE;
  }

  /** On the error stream, so that standard output is a file that can be used. */
  private void judge(String source, LobleConfig config) {
    PrintWriter err = spec.commandLine().getErr();
    ConfigWarnings.of(config).forEach(w -> err.println("warning: " + source + ": " + w));
    err.println("OK");
    err.flush();
  }
}
