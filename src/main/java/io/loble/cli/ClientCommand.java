package io.loble.cli;

import io.loble.ClientVerticle;
import io.loble.config.LoggingConfig.Level;
import io.loble.sim.ClientReport;
import io.loble.sim.ClientSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code loble client}: simulated clients, and their report when they are done. */
@Command(
    name = "client",
    description = "Runs simulated clients and reports; CLIENT_* variables configure them too.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class ClientCommand implements Callable<Integer> {

  @Mixin private final ConfOption conf = new ConfOption();

  @Override
  public Integer call() throws Exception {
    ClientSettings settings = ClientSettings.of(conf.read(), System.getenv());
    SimulatorProcess process = SimulatorProcess.start(Level.INFO);
    Vertx vertx = process.vertx();
    CompletableFuture<ClientReport> finished = new CompletableFuture<>();
    vertx
        .eventBus()
        .<JsonObject>localConsumer(
            ClientVerticle.FINISHED_ADDRESS,
            message -> finished.complete(ClientReport.fromJson(message.body())));
    Future<String> deployed =
        vertx.deployVerticle("loble:client", new DeploymentOptions().setConfig(settings.toJson()));
    if (!process.succeeds(deployed)) {
      return ExitCodes.FAILED;
    }
    process.onStop(() -> report(process, deployed.result(), finished));
    finished.thenRun(process::exitSoon);
    return ExitCodes.RUNNING;
  }

  /** Stops the clients if they still run, and prints what they saw. */
  private static int report(
      SimulatorProcess process, String deployment, CompletableFuture<ClientReport> finished) {
    if (!finished.isDone()) {
      process.succeeds(process.vertx().undeploy(deployment));
    }
    ClientReport report = finished.join();
    System.out.println(report.toTable());
    return report.wrongAnswers() > 0 ? ExitCodes.FAILED : ExitCodes.DONE;
  }
}
