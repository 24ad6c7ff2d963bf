package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.scenario.ModelConfig.Backend;
import io.loble.scenario.ModelConfig.Listener;
import io.loble.scenario.ModelConfig.Pool;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After ten thousand changes of the file, no more is held on to than after one thousand. It runs
 * among the scenarios, whose own process does little: beside two thousand other tests the heap
 * would tell of them.
 */
class TenThousandReloadsIT {

  private static final int RELOADS = Integer.getInteger("loble.reloads", 10_000);
  private static final int WARM_UP = RELOADS / 10;
  private static final long HEAP_GROWTH = 1L << 20;

  /** Probes and idle threads come and go. */
  private static final int SLACK = 16;

  private static final String PREAMBLE =
      """
      [admin]
      address = "127.0.0.1:0"
      [health.active]
      interval = "1s"
      """;

  private static final int LARGE = 40;
  private static final int BACKENDS = 4;

  // Of the large ones: as many as are kept, less those that are not called large.
  private static final int LISTENERS_KEPT = 30;
  private static final int POOLS_KEPT = 30;
  private static final int BACKENDS_KEPT = 125;

  private final Vertx outside = Vertx.vertx();
  private final EchoServer server = EchoServer.start(outside);
  private final int port = Peers.freePort();

  @AfterEach
  void stop() {
    outside.close().await();
  }

  @Test
  void leakNothing(@TempDir Path directory) throws IOException {
    ConfigFile file = ConfigFile.create(directory, ModelToml.write(PREAMBLE, large()));
    try (InProcess balancer = InProcess.start(file.path(), "1h")) {
      Faces faces = new Faces(balancer.vertx(), 0);
      awaitFullHistory(balancer.vertx());
      SteadyTalks steady = SteadyTalks.open(outside, port, 1, 7);
      reload(file, faces, 1, WARM_UP);
      Footprint before = footprint(balancer, faces);
      reload(file, faces, WARM_UP + 1, RELOADS);
      Footprint after = footprint(balancer, faces);
      assertNoMore(after, before);
      steady.awaitMore();
      assertThat(steady.troubles()).isEmpty();
      steady.end();
    }
  }

  /**
   * What is gone makes room there for what comes: once it has as much as it keeps of everything, it
   * does not grow.
   */
  private static void awaitFullHistory(Vertx vertx) {
    awaitHistory(vertx, LISTENERS_KEPT, large(i -> query().put("listener", i)));
    awaitHistory(vertx, POOLS_KEPT, large(i -> query().put("pool", i)));
    awaitHistory(
        vertx,
        BACKENDS_KEPT,
        IntStream.rangeClosed(1, BACKENDS)
            .boxed()
            .flatMap(k -> large(i -> query().put("pool", i).put("backend", i + "-" + k))));
  }

  private static Stream<JsonObject> large(Function<String, JsonObject> query) {
    return IntStream.range(0, LARGE).mapToObj(i -> query.apply("large" + i));
  }

  private static JsonObject query() {
    return new JsonObject().put("command", "history");
  }

  private static void awaitHistory(Vertx vertx, int most, Stream<JsonObject> queries) {
    List<JsonObject> all = queries.toList();
    await()
        .atMost(60, SECONDS)
        .until(() -> all.stream().filter(query -> isKept(vertx, query)).count() >= most);
  }

  private static boolean isKept(Vertx vertx, JsonObject query) {
    return vertx.eventBus().request("loble.admin", query).map(true).otherwise(false).await();
  }

  private static void assertNoMore(Footprint after, Footprint before) {
    assertThat(after.maps()).isEqualTo(before.maps());
    assertThat(after.descriptors()).isLessThan(before.descriptors() + SLACK);
    assertThat(after.threads()).isLessThan(before.threads() + SLACK);
    assertThat(after.heap().total())
        .as(after.heap().growthSince(before.heap()))
        .isLessThan(before.heap().total() + HEAP_GROWTH);
  }

  private void reload(ConfigFile file, Faces faces, int first, int last) throws IOException {
    for (int i = first; i <= last; i++) {
      file.rename(toml(i));
      Answer answer = faces.overBus(Call.of("config.reload"));
      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(1 + i);
    }
  }

  /** When nothing is on its way out any more. */
  private static Footprint footprint(InProcess balancer, Faces faces) {
    await()
        .atMost(20, SECONDS)
        .until(() -> !new ShownState(faces.overBus(Call.of("status")).body()).hasLeaving());
    return Footprint.of(balancer.vertx());
  }

  /** As many listeners, pools and backends as the history keeps, and more. */
  private ModelConfig large() {
    ModelConfig config = model(0);
    for (int i = 0; i < LARGE; i++) {
      String name = "large" + i;
      Map<String, Backend> four = new HashMap<>();
      for (int k = 1; k <= BACKENDS; k++) {
        four.put(name + "-" + k, new Backend(server.address(1, k), 1, 0, "ready"));
      }
      config =
          config
              .withPool(name, new Pool("random", 1, four))
              .withListener(name, new Listener("127.0.0.1:0", name));
    }
    return config;
  }

  private String toml(int i) {
    return ModelToml.write(PREAMBLE, model(i));
  }

  /** What no other number has; each has as much in it. */
  private ModelConfig model(int i) {
    Pool main =
        new Pool("round_robin", 1, Map.of("steady", backend("127.0.0.1", 1 + i % 2)))
            .with(
                "other" + i, new Backend(server.address(1, 1 + i % 250), 1 + i % 256, 0, "drain"));
    Pool own = new Pool("random", i % 4, Map.of("b" + i, backend("127.0.0.1", 1)));
    ModelConfig config =
        new ModelConfig(
            Map.of("timeouts.idle", 60 + i + "s", "timeouts.drain", "0s"),
            Map.of("main", new Listener("127.0.0.1:" + port, "default")),
            Map.of("default", main, "pool" + i, own));
    return config.withListener("listener" + i, new Listener("127.0.0.1:0", "pool" + i));
  }

  private Backend backend(String host, int weight) {
    return new Backend(host + server.address().replaceFirst(".*:", ":"), weight, 0, "ready");
  }
}
