package io.loble.cli;

import io.loble.config.ConfigException;
import io.loble.config.LoggingConfig.Level;
import io.loble.demo.Addresses;
import io.loble.demo.Demo;
import io.loble.demo.LiveDemo;
import io.loble.demo.PlainDemo;
import io.loble.sim.ClientReport;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code loble demo}: everything at once, on loopback, without a file. */
@Command(
    name = "demo",
    description = "Runs the balancer, three simulated servers and clients in one process.",
    mixinStandardHelpOptions = true,
    versionProvider = LobleVersion.class,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = {"-rate", "--rate"},
      paramLabel = "N",
      defaultValue = "20",
      description = "New clients a second; default ${DEFAULT-VALUE}.")
  private double rate;

  @Option(
      names = {"-duration", "--duration"},
      paramLabel = "TIME",
      defaultValue = "",
      description = "How long to run, such as 10s; default until stopped.")
  private String duration = "";

  @Option(names = "--plain", description = "Prints a line a second instead of a live page.")
  private boolean plain;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws ConfigException, IOException {
    Logging.configure(SimulatorProcess.logging(Level.WARN));
    Demo demo = Demo.start(clients());
    SimulatorProcess process = SimulatorProcess.of(demo.vertx());
    PrintWriter out = spec.commandLine().getOut();
    Optional<LiveDemo> live = plain ? Optional.empty() : LiveDemo.open(demo);
    process.onStop(() -> finish(demo, live, out));
    if (live.isPresent()) {
      // What a live page shows must not be written over.
      Logging.configure(SimulatorProcess.logging(Level.ERROR));
      live.get().run();
    } else {
      introduce(demo, out);
      new PlainDemo(demo, out).run();
    }
    process.exitSoon();
    return ExitCodes.RUNNING;
  }

  private JsonObject clients() {
    JsonObject settings = new JsonObject().put("rate", rate);
    return duration.isEmpty() ? settings : settings.put("duration", duration);
  }

  /** The clients go first: the balancer waits for connections to end, and theirs might not. */
  private static int finish(Demo demo, Optional<LiveDemo> live, PrintWriter out) {
    live.ifPresent(LiveDemo::close);
    ClientReport report = demo.stopClients().toCompletionStage().toCompletableFuture().join();
    out.println(report.toTable());
    return report.wrongAnswers() > 0 ? ExitCodes.FAILED : ExitCodes.DONE;
  }

  private static void introduce(Demo demo, PrintWriter out) {
    String admin = "http://" + demo.adminAddress();
    Addresses.of(demo).forEach(out::println);
    out.println("status       " + admin + "/api/v1/status");
    out.println("metrics      " + admin + "/metrics");
  }
}
