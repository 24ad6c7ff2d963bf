package io.loble.cli;

import io.loble.config.LoggingConfig.Level;
import io.loble.sim.ServerSettings;
import io.vertx.core.DeploymentOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code loble server}: a simulated server. */
@Command(
    name = "server",
    description = "Runs a simulated server to balance over; SERVER_* variables configure it too.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class ServerCommand implements Callable<Integer> {

  @Mixin private final ConfOption conf = new ConfOption();

  @Override
  public Integer call() throws Exception {
    ServerSettings settings = ServerSettings.of(conf.read(), System.getenv());
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
}
