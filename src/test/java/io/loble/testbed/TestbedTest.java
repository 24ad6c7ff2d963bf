package io.loble.testbed;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.loble.config.ConfigException;
import io.loble.model.HostPort;
import io.loble.sim.client.ClientReport;
import io.loble.sim.client.ClientSettings;
import io.loble.sim.client.SimulatedClients;
import io.loble.sim.server.ServerSettings;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A world in one process does what it is told, and is gone when it is closed. */
class TestbedTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static void connect(HostPort address) throws IOException {
    new Socket(address.host(), address.port()).close();
  }

  private static String state(BalancerFigures seen, String name) {
    return seen.backend(name).state();
  }

  @Test
  void aKilledServerLeavesAndComesBackOnItsPort() throws ConfigException, IOException {
    JsonObject often = new JsonObject("{\"health\":{\"active\":{\"interval\":\"100ms\"}}}");
    try (Testbed bed = Testbed.start(TestbedPlan.of(2).withBalancer(often))) {
      SimulatedBackend server = bed.server("server-2").delay(30);
      server.kill();
      assertThat(server.isRunning()).isFalse();
      assertThatThrownBy(() -> connect(server.address())).isInstanceOf(ConnectException.class);
      bed.await(SOON, seen -> state(seen, "server-2").equals("unhealthy"));
      server.start();
      bed.await(SOON, seen -> state(seen, "server-2").equals("healthy"));
      connect(server.address());
      assertThat(server.stats().getJsonObject("settings").getInteger("delay_ms")).isEqualTo(30);
    }
  }

  @Test
  void clientsAndCommands() throws ConfigException {
    try (Testbed bed = Testbed.start(TestbedPlan.of(2))) {
      SimulatedClients clients = bed.clients(clients(bed, "500ms"));
      bed.weight("server-1", 7);
      bed.drain("server-2");
      ClientReport report = clients.finished().toCompletionStage().toCompletableFuture().join();
      assertThat(report.total().failed()).isZero();
      assertThat(bed.stats().accepted()).isEqualTo(report.total().started());
      assertThat(bed.stats().backend("server-1").weight()).isEqualTo(7);
      assertThat(bed.stats().backend("server-2").mode()).isEqualTo("drain");
      bed.ready("server-2");
      assertThat(bed.stats().backend("server-2").mode()).isEqualTo("ready");
      assertThatThrownBy(() -> bed.algorithm("best"))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("round_robin");
    }
  }

  @Test
  void serversInPoolsOfTheirOwnOrInNone() throws ConfigException {
    JsonObject balancer =
        new JsonObject(
            """
            {"listeners": [{"name": "a", "address": "127.0.0.1:0", "pool": "default"},
                           {"name": "b", "address": "127.0.0.1:0", "pool": "other"}]}
            """);
    List<ServerPlan> servers =
        List.of(
            ServerPlan.of(ServerSettings.onLoopback("one")),
            new ServerPlan(
                ServerSettings.onLoopback("two"),
                Optional.of("other"),
                new JsonObject().put("weight", 3),
                false),
            new ServerPlan(
                ServerSettings.onLoopback("three"), Optional.empty(), new JsonObject(), true));
    try (Testbed bed = Testbed.start(new TestbedPlan(servers, balancer))) {
      assertThat(bed.address("b")).isNotEqualTo(bed.address("a"));
      assertThat(bed.stats().backend("two").pool()).isEqualTo("other");
      assertThat(bed.stats().backend("two").weight()).isEqualTo(3);
      assertThat(bed.stats().find("three")).isEmpty();
      assertThat(bed.server("two").isRunning()).isFalse();
      assertThatThrownBy(() -> bed.address("c")).isInstanceOf(NoSuchElementException.class);
      assertThatThrownBy(() -> bed.server("four")).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void wrongSettingsOfAServerAreRefusedAndChangeNothing() throws ConfigException {
    try (Testbed bed = Testbed.start(TestbedPlan.of(1))) {
      JsonObject before = bed.server(0).stats().getJsonObject("settings");
      assertThatThrownBy(
              () -> bed.server(0).set(new JsonObject().put("delay_ms", -1).put("hang_ms", 1)))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("delay_ms");
      assertThat(bed.server(0).stats().getJsonObject("settings")).isEqualTo(before);
    }
  }

  @Test
  void nothingIsLeftOfOneThatCannotStart() {
    TestbedPlan plan =
        TestbedPlan.of(2).withBalancer(new JsonObject("{\"balancer\": {\"algorithm\": \"best\"}}"));
    Set<Thread> before = vertxThreads();
    assertThatThrownBy(() -> Testbed.start(plan))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("algorithm");
    // A Vert.x that is closed says so a moment before the last of its threads has ended.
    await().atMost(10, SECONDS).until(() -> before.containsAll(vertxThreads()));
  }

  @Test
  void aPortThatIsTakenIsNamed() throws ConfigException {
    try (Testbed first = Testbed.start(TestbedPlan.of(1))) {
      JsonObject taken = new JsonObject().put("address", first.address().toString());
      TestbedPlan plan = TestbedPlan.of(1).withBalancer(new JsonObject().put("listener", taken));
      assertThatThrownBy(() -> Testbed.start(plan))
          .isInstanceOf(RuntimeException.class)
          .hasMessageContaining(first.address().toString());
    }
  }

  private static Set<Thread> vertxThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("vert.x-eventloop"))
        .collect(Collectors.toSet());
  }

  private static ClientSettings clients(Testbed bed, String duration) throws ConfigException {
    return ClientSettings.fromJson(
        new JsonObject()
            .put("target", bed.address().toString())
            .put("rate", 50)
            .put("duration", duration));
  }
}
