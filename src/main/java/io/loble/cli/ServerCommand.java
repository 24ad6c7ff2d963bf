package io.loble.cli;

import io.loble.config.ConfigException;
import io.loble.config.LoggingConfig.Level;
import io.loble.sim.ServerSettings;
import io.vertx.core.DeploymentOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code loble server}: a simulated server, until the process is told to stop. */
@Command(
    name = "server",
    description = "Runs a simulated server to balance over; SERVER_* variables configure it too.",
    mixinStandardHelpOptions = true,
    versionProvider = LobleVersion.class,
    sortOptions = false)
final class ServerCommand implements Callable<Integer> {

  @Mixin private final ConfOption conf = new ConfOption();

  @Option(
      names = {"-stats", "--stats"},
      paramLabel = "TIME",
      arity = "0..1",
      fallbackValue = "5s",
      converter = IntervalConverter.class,
      description = "Interval of logged statistics, such as 2s; without TIME, 5s.")
  private @Nullable Duration stats;

  @Override
  public Integer call() throws Exception {
    ServerSettings settings = settings();
    SimulatorProcess process = SimulatorProcess.start(Level.INFO);
    DeploymentOptions options =
        new DeploymentOptions()
            .setConfig(settings.toJson())
            .setInstances(Runtime.getRuntime().availableProcessors());
    if (!process.succeeds(process.vertx().deployVerticle("loble:server", options))) {
      return ExitCodes.FAILED;
    }
    process.onStop(() -> ExitCodes.DONE);
    return ExitCodes.RUNNING;
  }

  private ServerSettings settings() throws ConfigException {
    ServerSettings configured = ServerSettings.of(conf.read(), System.getenv());
    return stats == null ? configured : configured.reporting(stats);
  }
}
