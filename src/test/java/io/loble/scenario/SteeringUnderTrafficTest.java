package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.scenario.ModelConfig.Backend;
import io.loble.scenario.ModelConfig.Listener;
import io.loble.scenario.ModelConfig.Pool;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While a balancer is changed in every way there is, at random, connections that none of it
 * concerns notice nothing, and what comes of it is what the documentation says. {@code
 * -Dloble.steering.seconds} and {@code -Dloble.steering.seed} say how long, and which way.
 */
class SteeringUnderTrafficTest {

  private static final Duration TIME =
      Duration.ofSeconds(Long.getLong("loble.steering.seconds", 25));
  private static final long SEED = Long.getLong("loble.steering.seed", System.nanoTime());

  private static final int CONNECTIONS = 200;
  private static final int STEADY_BACKENDS = 4;

  private static final String HEALTH =
      """
      [health]
      failure_threshold = 5
      [health.active]
      interval = "500ms"
      timeout = "5s"
      """;

  private final int port = Peers.freePort();
  private final int adminPort = Peers.freePort();
  private final String preamble = "[admin]\naddress = \"127.0.0.1:" + adminPort + "\"\n" + HEALTH;

  private final Quiet quiet = Quiet.of("loble.config", "io.vertx.config");
  private final Vertx outside = Vertx.vertx();
  private final Random random = new Random(SEED);
  private final EchoServer server = EchoServer.start(outside);
  private final Names names = new Names(random, server);

  private Model model;
  private ConfigFile file;
  private InProcess balancer;
  private StateCheck check;
  private Steerer steerer;
  private Announcements announcements;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    model = new Model(steady());
    file = ConfigFile.create(directory, ModelToml.write(preamble, steady()));
    balancer = InProcess.start(file.path(), "30ms");
    Faces faces = new Faces(balancer.vertx(), adminPort);
    announcements = new Announcements(balancer.vertx());
    check = new StateCheck(faces, model);
    RandomCalls calls = new RandomCalls(names);
    steerer = new Steerer(preamble, names, faces, file, announcements, model, calls);
  }

  @AfterEach
  void stop() {
    if (balancer != null) {
      balancer.close();
    }
    outside.close().await();
    quiet.close();
  }

  /** What is there all the time. */
  private ModelConfig steady() {
    Pool pool = new Pool("round_robin", 1, Map.of());
    for (int i = 1; i <= STEADY_BACKENDS; i++) {
      pool = pool.with("s" + i, new Backend(server.address(2, i), 1, 0, "ready"));
    }
    return new ModelConfig(
        Map.of("timeouts.idle", "5m", "timeouts.drain", "500ms"),
        Map.of(Names.LISTENER, new Listener("127.0.0.1:" + port, Names.POOL)),
        Map.of(Names.POOL, pool));
  }

  @Test
  void whatIsNotConcernedNoticesNothing() throws IOException {
    SteadyTalks steady = SteadyTalks.open(outside, port, CONNECTIONS, SEED);
    ShortTalks others = new ShortTalks(outside, port, SEED);
    int steps = 0;
    long end = System.nanoTime() + TIME.toNanos();
    try {
      check.run();
      while (System.nanoTime() < end) {
        steps++;
        steerer.step();
        check.run();
        assertThat(steady.troubles()).isEmpty();
      }
      settle(steady, others);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed " + SEED + ", step " + steps + "; the latest were:\n" + steerer.latest(), e);
    }
  }

  private void settle(SteadyTalks steady, ShortTalks others) {
    steady.awaitMore();
    assertThat(steady.troubles()).isEmpty();
    assertThat(others.wrong()).isEmpty();
    assertThat(others.answered()).isPositive();
    others.end();
    await().atMost(20, SECONDS).until(check::isSettled);
    await().atMost(20, SECONDS).until(() -> check.shown().active() == CONNECTIONS);
    check.run();
    ShownState shown = check.shown();
    for (int i = 1; i <= STEADY_BACKENDS; i++) {
      assertThat(shown.activeOf("s" + i)).isEqualTo(CONNECTIONS / STEADY_BACKENDS);
    }
    assertThat(announcements.disorder()).isEmpty();
    steady.end();
    await().atMost(20, SECONDS).until(() -> check.shown().active() == 0);
  }
}
