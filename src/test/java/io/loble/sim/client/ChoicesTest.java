package io.loble.sim.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.ConfigException;
import io.loble.sim.server.Servers;
import io.loble.sim.server.SimulatedServer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ChoicesTest {

  private static final JsonObject ALL_KINDS =
      new JsonObject(
          """
          {"real": 5, "fire_and_forget": 5, "stream": 5, "idle": 5, "slow": 5, "bulk": 5,
           "half_close": 5, "reset": 5, "reconnect_storm": 5}
          """);
  private static final int COMPARED = 60;

  @Property(tries = 50)
  void theSameSeedMeansTheSameClients(@ForAll long seed) throws ConfigException {
    List<String> first = choices(seed);
    assertThat(choices(seed)).isEqualTo(first);
    assertThat(new HashSet<>(first)).as("no two clients are the same").hasSameSizeAs(first);
    // Not even under other numbers.
    assertThat(withoutNumbers(choices(seed + 1)))
        .doesNotContainAnyElementsOf(withoutNumbers(first));
  }

  @Test
  void realRunsOfTheSameSeedStartTheSameClients(Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    JsonObject open = settings(server, 42).put("rate", 200);
    JsonObject closed = settings(server, 42).put("connections", 30);

    List<String> first = run(vertx, open, 1);
    assertThat(first).hasSize(COMPARED);
    assertThat(run(vertx, open, 1)).isEqualTo(first);
    assertThat(run(vertx, open, 2)).isEqualTo(first);
    assertThat(run(vertx, closed, 2)).isEqualTo(first);
    assertThat(run(vertx, open.put("seed", 43), 1)).doesNotContainAnyElementsOf(first);
  }

  private static List<String> choices(long seed) throws ConfigException {
    ClientSettings settings =
        ClientSettings.fromJson(
            new JsonObject().put("target", "localhost:1").put("weights", ALL_KINDS));
    Choices choices = new Choices(seed, settings);
    return LongStream.range(0, COMPARED).mapToObj(i -> choices.of(i).toString()).toList();
  }

  private static List<String> withoutNumbers(List<String> choices) {
    // Those that hold for a time only, or have few rounds, may be alike by chance.
    return choices.stream()
        .map(choice -> choice.substring(choice.indexOf(' ')))
        .filter(choice -> choice.matches(".*\\d{6}.*"))
        .toList();
  }

  private static JsonObject settings(SimulatedServer server, long seed) {
    return new JsonObject()
        .put("target", "127.0.0.1:" + server.port())
        .put("seed", seed)
        .put("bulk_bytes", "1KiB")
        .put("weights", ALL_KINDS);
  }

  /** The first clients in the order of their numbers. */
  private static List<String> run(Vertx vertx, JsonObject json, int instances) throws Exception {
    ClientSettings settings = ClientSettings.fromJson(json);
    ClientStats stats = new ClientStats(SimulatedClients.seed(settings), instances);
    Queue<Choices.Choice> started = new ConcurrentLinkedQueue<>();
    String deployment =
        vertx
            .deployVerticle(
                () -> new Run(settings, stats, started::add),
                new DeploymentOptions().setInstances(instances))
            .await();
    await().atMost(30, TimeUnit.SECONDS).until(() -> firstHaveStarted(started));
    vertx.undeploy(deployment).await(30, TimeUnit.SECONDS);
    ClientReport report = stats.finished().await(30, TimeUnit.SECONDS);
    assertThat(report.total().failed()).as(report.toTable()).isZero();
    return LongStream.range(0, COMPARED)
        .mapToObj(number -> started.stream().filter(one -> one.number() == number).toList())
        .peek(same -> assertThat(same).hasSize(1))
        .map(same -> same.get(0).toString())
        .toList();
  }

  private static boolean firstHaveStarted(Queue<Choices.Choice> started) {
    return started.stream().filter(one -> one.number() < COMPARED).count() == COMPARED;
  }

  private static final class Run extends VerticleBase {

    private final ClientSettings settings;
    private final ClientStats stats;
    private final Consumer<Choices.Choice> trace;
    private @Nullable SimulatedClients clients;

    Run(ClientSettings settings, ClientStats stats, Consumer<Choices.Choice> trace) {
      this.settings = settings;
      this.stats = stats;
      this.trace = trace;
    }

    @Override
    public Future<?> start() {
      SimulatedClients started = new SimulatedClients(vertx, settings, stats, trace);
      clients = started;
      started.start();
      return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
      return clients == null ? Future.succeededFuture() : clients.stop();
    }
  }
}
