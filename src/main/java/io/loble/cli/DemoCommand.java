package io.loble.cli;

import io.loble.ClientVerticle;
import io.loble.ServerVerticle;
import io.loble.config.LoggingConfig.Level;
import io.loble.control.ProcessStatus;
import io.loble.model.HostPort;
import io.loble.proxy.ListenerRegistry;
import io.loble.sim.ClientReport;
import io.loble.sim.ClientSettings;
import io.loble.sim.ServerSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code loble demo}: everything at once, on loopback, without a file. */
@Command(
    name = "demo",
    description = "Runs the balancer, three simulated servers and clients in one process.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {

  private static final int SERVERS = 3;

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
      description = "How long, such as 10s; default until stopped.")
  private String duration = "";

  @Override
  public Integer call() {
    SimulatorProcess process = SimulatorProcess.start(Level.WARN);
    Vertx vertx = process.vertx();
    List<ServerVerticle> servers = new ArrayList<>();
    ClientVerticle client = new ClientVerticle();
    Future<String> clients =
        deployServers(vertx, servers)
            .compose(all -> deployBalancer(vertx, servers))
            .compose(id -> deployClients(vertx, client));
    if (!process.succeeds(clients)) {
      return ExitCodes.FAILED;
    }
    HostPort admin = ProcessStatus.of(vertx).adminAddress();
    System.out.println("balancer  " + listener(vertx) + ", three simulated servers behind it");
    System.out.println("status    http://" + admin + "/api/v1/status");
    System.out.println("metrics   http://" + admin + "/metrics");
    DemoLine line = new DemoLine(vertx, client);
    vertx.setPeriodic(1_000, id -> System.out.println(line.next()));
    client.clients().finished().onComplete(report -> process.exitSoon());
    process.onStop(() -> finish(process, clients.result(), client));
    return ExitCodes.RUNNING;
  }

  /** The clients go first: the balancer waits for connections to end, and theirs might not. */
  private static int finish(SimulatorProcess process, String clients, ClientVerticle client) {
    process.succeeds(process.vertx().undeploy(clients));
    ClientReport report = client.report();
    System.out.println(report.toTable());
    return report.wrongAnswers() > 0 ? ExitCodes.FAILED : ExitCodes.DONE;
  }

  private static Future<?> deployServers(Vertx vertx, List<ServerVerticle> servers) {
    List<Future<String>> deployed = new ArrayList<>();
    for (int i = 1; i <= SERVERS; i++) {
      ServerVerticle server = new ServerVerticle();
      servers.add(server);
      JsonObject settings =
          ServerSettings.defaults().toJson().put("host", "127.0.0.1").put("id", "server-" + i);
      deployed.add(
          vertx.deployVerticle(server, new DeploymentOptions().setConfig(settings.put("port", 0))));
    }
    return Future.join(deployed);
  }

  private static Future<String> deployBalancer(Vertx vertx, List<ServerVerticle> servers) {
    JsonArray backends = new JsonArray();
    for (ServerVerticle server : servers) {
      backends.add(
          new JsonObject()
              .put("name", server.server().state().settings().id())
              .put("address", "127.0.0.1:" + server.server().port()));
    }
    JsonObject overrides =
        new JsonObject()
            .put("listener", new JsonObject().put("address", "127.0.0.1:0"))
            .put("admin", new JsonObject().put("address", "127.0.0.1:0"))
            .put("backends", backends);
    JsonObject conf = new JsonObject().put("config", "").put("overrides", overrides);
    return vertx.deployVerticle("loble:main", new DeploymentOptions().setConfig(conf));
  }

  private Future<String> deployClients(Vertx vertx, ClientVerticle client) {
    JsonObject settings = ClientSettings.defaults(listener(vertx)).toJson().put("rate", rate);
    if (!duration.isEmpty()) {
      settings.put("duration", duration);
    }
    return vertx.deployVerticle(client, new DeploymentOptions().setConfig(settings));
  }

  private static HostPort listener(Vertx vertx) {
    return new ListenerRegistry(vertx).entries().get(0).address();
  }
}
