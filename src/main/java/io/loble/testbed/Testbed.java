package io.loble.testbed;

import io.loble.MainVerticle;
import io.loble.TransportChoice;
import io.loble.config.ConfigException;
import io.loble.config.Transport;
import io.loble.control.ProcessStatus;
import io.loble.model.Address;
import io.loble.model.BackendState;
import io.loble.model.HostPort;
import io.loble.proxy.ListenerRegistry;
import io.loble.sim.client.ClientSettings;
import io.loble.sim.client.SimulatedClients;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A balancer with simulated servers behind it, in this process, on loopback. Environment variables
 * have no say in it.
 *
 * <p>May be used from any thread but an event loop: its methods return when what they do is done.
 */
public final class Testbed implements AutoCloseable {

  private static final String ADMIN = "loble.admin";
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);
  private static final int RETURN_SECONDS = 30;

  private final Vertx vertx;
  private final List<SimulatedBackend> servers = new ArrayList<>();
  private final List<SimulatedClients> clients = new ArrayList<>();
  private @Nullable TargetsFile targets;

  private Testbed(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Starts the servers, then the balancer.
   *
   * @throws ConfigException when the plan's configuration of the balancer cannot be used
   * @throws RuntimeException when a port is taken; nothing is left running then
   */
  public static Testbed start(TestbedPlan plan) throws ConfigException {
    Testbed started =
        new Testbed(Vertx.builder().withTransport(TransportChoice.of(Transport.AUTO)).build());
    try {
      started.startAll(plan);
      return started;
    } catch (ConfigException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private void startAll(TestbedPlan plan) throws ConfigException {
    for (ServerPlan server : plan.servers()) {
      SimulatedBackend started = new SimulatedBackend(vertx, server.settings());
      servers.add(started);
      if (!server.running()) {
        started.kill();
      }
    }
    Map<String, HostPort> addresses =
        servers.stream().collect(Collectors.toMap(SimulatedBackend::id, SimulatedBackend::address));
    JsonObject conf = withTargets(BalancerConf.of(plan, addresses));
    Future<String> balancer =
        vertx.deployVerticle(new MainVerticle(Map.of()), new DeploymentOptions().setConfig(conf));
    try {
      Blocking.result(balancer);
    } catch (RuntimeException e) {
      if (balancer.cause() instanceof ConfigException bad) {
        throw bad;
      }
      throw e;
    }
  }

  private JsonObject withTargets(JsonObject conf) {
    if (!TargetsFile.isNamedIn(conf)) {
      return conf;
    }
    TargetsFile created = TargetsFile.create();
    targets = created;
    return created.in(conf);
  }

  /** The Vert.x instance of all that runs here. */
  public Vertx vertx() {
    return vertx;
  }

  /** Where clients connect: the balancer's listener, or the first if it has several. */
  public HostPort address() {
    return tcp(new ListenerRegistry(vertx).entries().get(0).address());
  }

  /**
   * Where clients of that listener connect.
   *
   * @throws NoSuchElementException when there is none of that name
   */
  public HostPort address(String listener) {
    return new ListenerRegistry(vertx)
        .entries().stream()
            .filter(entry -> entry.name().equals(listener))
            .findFirst()
            .map(entry -> tcp(entry.address()))
            .orElseThrow(() -> new NoSuchElementException("no listener \"" + listener + "\""));
  }

  private static HostPort tcp(Address address) {
    if (address instanceof HostPort tcp) {
      return tcp;
    }
    throw new IllegalStateException(address + " has no port");
  }

  /** The balancer's HTTP interface. */
  public HostPort adminAddress() {
    return ProcessStatus.of(vertx).adminAddress();
  }

  /** The servers, in the order of the plan. */
  public List<SimulatedBackend> servers() {
    return List.copyOf(servers);
  }

  /**
   * A server by its place in the plan, counted from 0.
   *
   * @throws IndexOutOfBoundsException when there are not so many
   */
  public SimulatedBackend server(int index) {
    return servers.get(index);
  }

  /**
   * A server by its id.
   *
   * @throws NoSuchElementException when there is none
   */
  public SimulatedBackend server(String id) {
    return servers.stream()
        .filter(server -> server.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no server \"" + id + "\""));
  }

  /**
   * Has the balancer carry out a command, as it is sent over the event bus; docs/control.md lists
   * them.
   *
   * @throws io.vertx.core.eventbus.ReplyException when it is refused; its failure code is the HTTP
   *     status
   */
  public JsonObject command(JsonObject command) {
    return Blocking.result(vertx.eventBus().<JsonObject>request(ADMIN, command)).body();
  }

  /** Switches the algorithm of the only pool, or of the default one. */
  public void algorithm(String name) {
    command(new JsonObject().put("command", "pool.algorithm").put("algorithm", name));
  }

  /** Gives a backend no new connections; those it has go on. */
  public void drain(String backend) {
    update(backend, "state", "drain");
  }

  /** Gives a backend connections again. */
  public void ready(String backend) {
    update(backend, "state", "ready");
  }

  /** Sets the weight of a backend, 0 to 256. */
  public void weight(String backend, int weight) {
    update(backend, "weight", weight);
  }

  /** The balancer's status, as {@code GET /api/v1/status} has it. */
  public JsonObject status() {
    return command(new JsonObject().put("command", "status"));
  }

  /** The figures in the balancer's status. */
  public BalancerFigures stats() {
    return BalancerFigures.of(status());
  }

  /**
   * Waits for something to be seen in the balancer's figures.
   *
   * @return the figures in which it was seen
   * @throws IllegalStateException with the last figures, when it was not seen within that time
   */
  public BalancerFigures await(Duration limit, Predicate<BalancerFigures> wanted) {
    long begin = System.nanoTime();
    BalancerFigures seen = stats();
    while (!wanted.test(seen)) {
      if (System.nanoTime() - begin > limit.toNanos()) {
        throw new IllegalStateException("not seen within " + limit + ": " + seen);
      }
      Blocking.pause(LOOK_EVERY);
      seen = stats();
    }
    return seen;
  }

  /**
   * Has all servers run as they did first, those added to no pool as well, and waits until the
   * balancer uses those that it knows. What was changed in the balancer stays.
   *
   * @throws IllegalStateException when it does not use them within {@value #RETURN_SECONDS} s
   */
  public void restore() {
    servers.forEach(SimulatedBackend::restore);
    await(
        Duration.ofSeconds(RETURN_SECONDS),
        seen -> seen.backends().stream().allMatch(Testbed::inRotation));
  }

  /** Those that are kept out on purpose are not waited for. */
  private static boolean inRotation(BackendFigures backend) {
    return !backend.mode().equals("ready") || BackendState.isInRotation(backend.state());
  }

  /**
   * Writes the file in which a pool finds backends, where the plan's configuration of the balancer
   * names it: {@code discover.file = "${targets}"}.
   *
   * @param ids of the servers that it names from then on
   * @throws NoSuchElementException when there is no such server, or no such file
   */
  public void targets(List<String> ids) {
    if (targets == null) {
      throw new NoSuchElementException("no pool has discover.file = \"${targets}\"");
    }
    targets.write(ids.stream().map(this::server).toList());
  }

  /** Starts simulated clients; they end with the testbed, if not before. */
  public SimulatedClients clients(ClientSettings settings) {
    SimulatedClients started = new SimulatedClients(vertx, settings);
    synchronized (clients) {
      clients.add(started);
    }
    started.start();
    return started;
  }

  /** Ends everything, the clients first. */
  @Override
  public void close() {
    all(SimulatedClients::stop, running());
    servers.forEach(SimulatedBackend::kill);
    Blocking.result(vertx.close());
    if (targets != null) {
      targets.close();
    }
  }

  private List<SimulatedClients> running() {
    synchronized (clients) {
      return List.copyOf(clients);
    }
  }

  private void update(String backend, String key, Object value) {
    command(new JsonObject().put("command", "backend.update").put("name", backend).put(key, value));
  }

  private static <T> void all(Function<T, Future<?>> step, List<T> subjects) {
    Blocking.result(Future.join(subjects.stream().map(step).toList()));
  }
}
