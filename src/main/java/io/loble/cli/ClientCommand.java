package io.loble.cli;

import io.loble.ClientVerticle;
import io.loble.config.ConfigException;
import io.loble.config.LoggingConfig.Level;
import io.loble.sim.ClientReport;
import io.loble.sim.ClientSettings;
import io.loble.sim.FailureLimit;
import io.loble.sim.Judgement;
import io.loble.sim.SimulatedClients;
import io.vertx.core.DeploymentOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code loble client}: simulated clients, how they do, and their report when they are done. */
@Command(
    name = "client",
    description = "Runs simulated clients and reports; CLIENT_* variables configure them too.",
    mixinStandardHelpOptions = true,
    versionProvider = LobleVersion.class,
    sortOptions = false)
final class ClientCommand implements Callable<Integer> {

  /** More than machines have cores; each is an event loop. */
  private static final int MAX_INSTANCES = 1024;

  @Mixin private final ConfOption conf = new ConfOption();
  @Mixin private final ProgressOption progress = new ProgressOption();

  @Option(
      names = {"-instances", "--instances"},
      paramLabel = "N",
      defaultValue = "1",
      description = "Event loops that share the clients; default ${DEFAULT-VALUE}.")
  private int instances;

  @Option(
      names = "--json",
      description = "Prints the report as JSON, and everything else to standard error.")
  private boolean json;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes the report as JSON to a file too.")
  private @Nullable Path file;

  @Option(
      names = "--fail-above",
      paramLabel = "LIMIT",
      description =
          "Exit code 1 when more clients failed: a share such as 5%% or 0.05, or a number such as"
              + " 10. Without it, when nothing succeeded.")
  private @Nullable String failAbove;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    ClientSettings settings = ClientSettings.of(conf.read(), System.getenv());
    Duration interval = progress.interval(settings);
    Optional<FailureLimit> limit = limit(settings);
    if (instances < 1 || instances > MAX_INSTANCES) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--instances must be a number from 1 to " + MAX_INSTANCES);
    }
    SimulatorProcess process =
        json
            ? SimulatorProcess.startOnStandardError(Level.INFO)
            : SimulatorProcess.start(Level.INFO);
    Queue<ClientVerticle> verticles = new ConcurrentLinkedQueue<>();
    DeploymentOptions options =
        new DeploymentOptions()
            .setConfig(settings.withoutProgress().toJson())
            .setInstances(instances);
    if (!process.succeeds(
        process.vertx().deployVerticle(() -> added(new ClientVerticle(), verticles), options))) {
      return ExitCodes.FAILED;
    }
    SimulatedClients clients = verticles.element().clients();
    ProgressLines lines =
        ProgressLines.start(interval, clients.progress(), json ? System.err : System.out);
    process.onStop(
        () -> {
          ClientReport report = clients.stop().await();
          lines.stop();
          return tell(report, limit);
        });
    clients.finished().onComplete(report -> process.exitSoon());
    return ExitCodes.RUNNING;
  }

  private static ClientVerticle added(ClientVerticle verticle, Queue<ClientVerticle> verticles) {
    verticles.add(verticle);
    return verticle;
  }

  private Optional<FailureLimit> limit(ClientSettings settings) throws ConfigException {
    return failAbove == null
        ? settings.failAbove()
        : Optional.of(ClientSettings.failureLimit("--fail-above", failAbove));
  }

  private int tell(ClientReport report, Optional<FailureLimit> limit) {
    System.out.println(json ? report.toJson().encodePrettily() : report.toTable());
    boolean told = file == null || written(report, file);
    Optional<String> why = Judgement.whyFailed(report, limit);
    why.ifPresent(reason -> System.err.println("the run failed: " + reason));
    return told && why.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private static boolean written(ClientReport report, Path file) {
    try {
      Files.writeString(file, report.toJson().encodePrettily() + "\n");
      return true;
    } catch (IOException e) {
      System.err.println("cannot write the report: " + Failures.text(e));
      return false;
    }
  }
}
