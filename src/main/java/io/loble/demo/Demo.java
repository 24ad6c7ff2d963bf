package io.loble.demo;

import io.loble.config.ConfigException;
import io.loble.model.Algorithm;
import io.loble.model.HostPort;
import io.loble.sim.client.ClientReport;
import io.loble.sim.client.ClientSettings;
import io.loble.sim.client.SimulatedClients;
import io.loble.testbed.BackendFigures;
import io.loble.testbed.BalancerFigures;
import io.loble.testbed.SimulatedBackend;
import io.loble.testbed.Testbed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The world of the demo, and what a person can do to it. One server is always the chosen one, to
 * which things are done. Not to be used on an event loop.
 */
public final class Demo {

  private static final int MAX_WEIGHT = 256;
  private static final List<Integer> SLOWER = List.of(500, 2000, 0);
  private static final int CHAOS_PERCENT = 20;

  private final Testbed bed;
  private final SimulatedClients clients;
  private final News news;
  private final List<DemoServer> servers;
  private int chosen;

  private Demo(Testbed bed, SimulatedClients clients) {
    this.bed = bed;
    this.clients = clients;
    this.news = News.of(bed.vertx());
    this.servers = bed.servers().stream().map(DemoServer::new).toList();
  }

  /**
   * Starts servers, balancer and clients.
   *
   * @param settings of the clients; their target is the balancer, whatever it says
   * @throws ConfigException when the settings cannot be used
   */
  public static Demo start(JsonObject settings) throws ConfigException {
    // Looked at first, before anything runs.
    ClientSettings.fromJson(settings.copy().put("target", "127.0.0.1:1"));
    Testbed bed = testbed();
    JsonObject complete = settings.copy().put("target", bed.address().toString());
    return new Demo(bed, bed.clients(ClientSettings.fromJson(complete)));
  }

  private static Testbed testbed() throws ConfigException {
    try {
      return Testbed.start(DemoPlan.make(UsualPort::orAny));
    } catch (RuntimeException e) {
      // Another program may have taken one of them just after it was found free.
      return Testbed.start(DemoPlan.make(usual -> 0));
    }
  }

  /** Where it all runs. */
  public Vertx vertx() {
    return bed.vertx();
  }

  /** Where the balancer listens. */
  public HostPort address() {
    return bed.address();
  }

  /** Where the balancer's HTTP interface is. */
  public HostPort adminAddress() {
    return bed.adminAddress();
  }

  /** The servers, as they can be steered. */
  public List<SimulatedBackend> backends() {
    return bed.servers();
  }

  /** Completes when the clients have ended by themselves. */
  public Future<ClientReport> finished() {
    return clients.finished();
  }

  /** Ends the clients, and tells what they have seen. */
  public Future<ClientReport> stopClients() {
    return clients.stop();
  }

  List<DemoServer> servers() {
    return servers;
  }

  News news() {
    return news;
  }

  int chosen() {
    return chosen;
  }

  Glance glance() {
    JsonObject status = bed.status();
    String algorithm = status.getJsonArray("pools").getJsonObject(0).getString("algorithm");
    return new Glance(System.nanoTime(), algorithm, BalancerFigures.of(status), clients.report());
  }

  /** Does things to that server from now on; it is counted from 0. */
  void choose(int index) {
    chosen = index;
  }

  /** Kills the chosen server, or starts it again. */
  void killOrStart() {
    DemoServer server = servers.get(chosen);
    if (server.handle().isRunning()) {
      server.handle().kill();
      news.add("you killed " + server.id());
    } else {
      server.handle().start();
      news.add("you started " + server.id());
    }
  }

  /** Makes the chosen server slower, and slower still, and as it was. */
  void slow() {
    servers.get(chosen).slower(SLOWER);
    news.add(
        "you set the delay of "
            + servers.get(chosen).id()
            + " to "
            + servers.get(chosen).delay()
            + " ms");
  }

  /** Lets the chosen server drop some of its connections, or none again. */
  void chaos() {
    servers.get(chosen).chaos(CHAOS_PERCENT);
    news.add(
        "you set the chaos of "
            + servers.get(chosen).id()
            + " to "
            + servers.get(chosen).chaos()
            + "%");
  }

  /** Drains the chosen server, or makes it ready again. */
  void drainOrReady() {
    String id = servers.get(chosen).id();
    if (backend(id).mode().equals("ready")) {
      command(() -> bed.drain(id));
    } else {
      command(() -> bed.ready(id));
    }
  }

  /** Changes the weight of the chosen server, within its bounds. */
  void weight(int change) {
    String id = servers.get(chosen).id();
    int weight = Math.min(MAX_WEIGHT, Math.max(1, backend(id).weight() + change));
    command(() -> bed.weight(id, weight));
  }

  /** Switches to the next algorithm. */
  void nextAlgorithm() {
    Algorithm[] all = Algorithm.values();
    String now = glance().algorithm();
    for (int i = 0; i < all.length; i++) {
      if (all[i].label().equals(now)) {
        String next = all[(i + 1) % all.length].label();
        command(() -> bed.algorithm(next));
      }
    }
  }

  private BackendFigures backend(String id) {
    return bed.stats().backend(id);
  }

  private void command(Runnable command) {
    try {
      command.run();
    } catch (ReplyException e) {
      news.add("refused: " + e.getMessage());
    }
  }
}
