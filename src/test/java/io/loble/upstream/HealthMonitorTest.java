package io.loble.upstream;

import static io.loble.model.BackendState.DRAINING;
import static io.loble.model.BackendState.HEALTHY;
import static io.loble.model.BackendState.UNHEALTHY;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.model.Backend;
import io.loble.model.BackendStats;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** From outcomes to snapshots, events and log lines. */
class HealthMonitorTest {

  private static final Duration NEVER = Duration.ofHours(1);

  private static TestConfig passive() {
    return new TestConfig().interval(NEVER);
  }

  @Test
  void everyBackendStartsInRotation() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a").backend("b"))) {
      assertThat(test.snapshot().version()).isEqualTo(1);
      assertThat(test.pool().inRotation()).extracting(Backend::name).containsExactly("a", "b");
      assertThat(test.pool().observation().trials()).isTrue();
    }
  }

  @Test
  void aBacklogThatClientsKeepFullIsNoFailure() throws Exception {
    int backlog = 1;
    List<Socket> clients = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
        TestMonitor test =
            TestMonitor.start(
                new TestConfig()
                    .backend("a", full.getLocalPort())
                    .probing()
                    .timeout(Duration.ofMillis(100))
                    .thresholds(2, 1))) {
      for (int i = 0; i <= backlog; i++) {
        clients.add(new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort()));
      }
      BackendStats stats = test.backend("a").stats();
      long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
      while (System.nanoTime() < end) {
        stats.counters().connected(1);
        assertThat(test.state("a")).isEqualTo(HEALTHY);
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
      test.awaitState("a", UNHEALTHY);
      assertThat(test.logLines())
          .containsOnlyOnce(downLine("a", "unhealthy", "probe: connection timed out"));
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void failuresInARowTakeABackendDownAndSayWhy() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a").backend("b"))) {
      test.fail("a", 2);
      assertThat(test.state("a")).isEqualTo(HEALTHY);
      test.fail("a", 1);
      assertThat(test.state("a")).isEqualTo(UNHEALTHY);
      assertThat(test.state("b")).isEqualTo(HEALTHY);
      assertThat(test.logLines()).containsOnlyOnce(downLine("a", "unhealthy", "refused"));
      await().atMost(20, SECONDS).until(() -> !test.events().isEmpty());
      JsonObject event = test.events().get(0);
      assertThat(Instant.parse((String) event.remove("at"))).isBeforeOrEqualTo(Instant.now());
      assertThat(test.events())
          .containsExactly(
              new JsonObject()
                  .put("type", "backend.state")
                  .put("who", "health")
                  .put("what", "backend a of pool web")
                  .put("before", "healthy")
                  .put("after", "unhealthy")
                  .put("pool", TestConfig.POOL)
                  .put("backend", "a")
                  .put("from", "healthy")
                  .put("to", "unhealthy")
                  .put("detail", "refused"));
    }
  }

  private static String downLine(String name, String state, String reason) {
    return "[health] backend " + name + " DOWN pool=web state=" + state + " reason: " + reason;
  }

  @Test
  void aSuccessBetweenFailuresStartsTheCountAgain() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a"))) {
      for (int i = 0; i < 5; i++) {
        test.fail("a", 2);
        test.succeed("a", false);
      }
      assertThat(test.state("a")).isEqualTo(HEALTHY);
    }
  }

  @Test
  void drainsUntilTheLastConnectionEnds() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a"))) {
      BackendStats stats = test.backend("a").stats();
      stats.admission().tryAcquire(0);
      test.fail("a", 3);
      assertThat(test.state("a")).isEqualTo(DRAINING);
      assertThat(test.logLines()).containsOnlyOnce(downLine("a", "draining", "refused"));
      stats.admission().release();
      test.idle("a");
      assertThat(test.state("a")).isEqualTo(UNHEALTHY);
      assertThat(test.logLines()).containsOnlyOnce("[health] backend a drained pool=web");
    }
  }

  @Test
  void anIdleReportThatIsOutOfDateDoesNotEndTheDraining() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a"))) {
      test.backend("a").stats().admission().tryAcquire(0);
      test.fail("a", 3);
      test.idle("a");
      assertThat(test.state("a")).isEqualTo(DRAINING);
    }
  }

  @Test
  void onlyTrialsBringABackendBack() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a"))) {
      test.fail("a", 3);
      for (int i = 0; i < 5; i++) {
        test.succeed("a", false);
      }
      assertThat(test.state("a")).isEqualTo(UNHEALTHY);
      test.succeed("a", true);
      assertThat(test.state("a")).isEqualTo(UNHEALTHY);
      test.succeed("a", true);
      assertThat(test.state("a")).isEqualTo(HEALTHY);
      assertThat(test.logLines()).containsOnlyOnce("[health] backend a UP pool=web");
    }
  }

  @Test
  void isWatchedFromTheFirstFailureUntilAllIsWell() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a"))) {
      BackendStats stats = test.backend("a").stats();
      assertThat(stats.health().watched()).isFalse();
      test.fail("a", 1);
      assertThat(stats.health().watched()).isTrue();
      test.succeed("a", false);
      assertThat(stats.health().watched()).isFalse();
      test.fail("a", 3);
      test.succeed("a", true);
      assertThat(stats.health().watched()).isTrue();
      test.succeed("a", true);
      assertThat(stats.health().watched()).isFalse();
    }
  }

  @Test
  void aSnapshotIsPublishedOnlyWhenAStateHasChanged() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a"))) {
      test.fail("a", 2);
      test.succeed("a", false);
      test.fail("a", 9);
      test.idle("a");
      test.succeed("a", true);
      test.fail("a", 1);
      test.succeed("a", true);
      test.succeed("a", true);
      assertThat(test.snapshot().version()).isEqualTo(3);
      await().atMost(20, SECONDS).until(() -> test.announced().contains(3L));
      assertThat(test.announced()).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void outcomesOfUnknownBackendsAreIgnored() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a").backend("gone"))) {
      Backend gone = test.backend("gone");
      test.apply(passive().backend("a"));
      test.report(reporter -> reporter.failure(TestConfig.POOL, gone, false, "late"), 5);
      test.report(reporter -> reporter.failure("no such pool", gone, false, "late"), 5);
      test.fail("a", 3);
      assertThat(test.state("a")).isEqualTo(UNHEALTHY);
      assertThat(test.snapshot().version()).isEqualTo(3);
    }
  }

  @Test
  void sharesTheCountersThatProxiesHoldAlready() {
    try (TestMonitor test = TestMonitor.startAfterProxies(passive().backend("a"))) {
      BackendStats stats = test.backend("a").stats();
      assertThat(test.snapshot().version()).isEqualTo(1);
      test.fail("a", 3);
      assertThat(test.backend("a").stats()).isSameAs(stats);
      assertThat(stats.health().watched()).isTrue();
    }
  }

  @Test
  void probesTakeADeadBackendDownAndBringItBack() throws Exception {
    int port;
    TestConfig config = new TestConfig().probing();
    try (TestServer server = TestServer.start(Socket::close)) {
      port = server.port();
      try (TestMonitor test = TestMonitor.start(config.backend("a", port))) {
        assertThat(test.pool().observation().trials()).isFalse();
        await().atMost(20, SECONDS).until(() -> server.finished() >= 5);
        assertThat(test.state("a")).isEqualTo(HEALTHY);
        server.stop();
        test.awaitState("a", UNHEALTHY);
        assertThat(test.logLines())
            .anySatisfy(line -> assertThat(line).startsWith("[health] backend a DOWN"));
        try (TestServer again = TestServer.startOn(port, Socket::close)) {
          test.awaitState("a", HEALTHY);
          assertThat(again.port()).isEqualTo(port);
          assertThat(test.logLines())
              .anySatisfy(line -> assertThat(line).startsWith("[health] backend a UP"));
        }
      }
    }
  }

  @Test
  void aProbeSeesThatADrainingBackendHasNoConnectionLeft() throws Exception {
    int closed;
    try (TestServer server = TestServer.start(Socket::close)) {
      closed = server.port();
    }
    try (TestMonitor test = TestMonitor.start(new TestConfig().probing().backend("a", closed))) {
      BackendStats stats = test.backend("a").stats();
      stats.admission().tryAcquire(0);
      test.awaitState("a", DRAINING);
      stats.admission().release();
      test.awaitState("a", UNHEALTHY);
    }
  }

  @Test
  void withoutProbesABackendOutOfRotationGetsOneTrialAnInterval() {
    try (TestMonitor test = TestMonitor.start(new TestConfig().backend("bad").backend("good"))) {
      test.fail("bad", 3);
      for (int trial = 0; trial < 3; trial++) {
        await().atMost(20, SECONDS).until(test.backend("bad").stats().trial()::take);
      }
      assertThat(test.backend("good").stats().trial().take()).isFalse();
    }
  }

  @Test
  void outcomesAreNotHeardOnceStopped() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a"))) {
      test.stop();
      test.fail("a", 3);
      assertThat(test.state("a")).isEqualTo(HEALTHY);
    }
  }
}
