package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.ConfigException;
import io.loble.sim.client.ClientReport;
import io.loble.sim.client.ClientSettings;
import io.loble.sim.client.SimulatedClients;
import io.loble.sim.server.ServerSettings;
import io.loble.testbed.BackendFigures;
import io.loble.testbed.ServerPlan;
import io.loble.testbed.SimulatedBackend;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in which a pool finds its backends is changed, broken and taken away under traffic. */
class FoundUnderTrafficTest {

  private static final int SERVERS = 6;
  private static final int CHANGES = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Quiet quiet = Quiet.of("loble.discovery", "loble.health");
  private final Random random = new Random(7);

  private Path directory;
  private Path file;
  private Testbed bed;
  private SimulatedClients clients;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    file = directory.resolve("targets.json");
    Files.writeString(file, "[]");
    JsonObject discover = new JsonObject().put("file", file.toString());
    JsonObject pool = new JsonObject().put("discover", discover);
    bed =
        Testbed.start(
            new TestbedPlan(
                IntStream.rangeClosed(1, SERVERS).mapToObj(FoundUnderTrafficTest::server).toList(),
                new JsonObject()
                    .put("timeouts", new JsonObject().put("drain", "30s"))
                    .put("pools", new JsonObject().put("default", pool))));
    replace(bed.servers());
    awaitPool(bed.servers());
    clients = bed.clients(traffic());
    awaitTraffic();
  }

  private static ServerPlan server(int number) {
    return new ServerPlan(
        ServerSettings.onLoopback("server-" + number), Optional.empty(), new JsonObject(), true);
  }

  private ClientSettings traffic() throws ConfigException {
    return ClientSettings.fromJson(
        new JsonObject()
            .put("target", bed.address().toString())
            .put("connections", 12)
            .put("weights", new JsonObject().put("real", 100)));
  }

  @AfterEach
  void stop() {
    if (bed != null) {
      bed.close();
    }
    quiet.close();
  }

  @Test
  void aThousandChangesCutNobody() throws IOException {
    List<SimulatedBackend> last = bed.servers();
    for (int i = 0; i < CHANGES; i++) {
      last = some();
      if (i % 2 == 0) {
        replace(last);
      } else {
        Files.writeString(file, text(last));
      }
    }
    awaitPool(last);
    endTraffic();
  }

  @Test
  void whatIsBrokenOrGoneKeepsItsBackendsAndWhatIsEmptyHasNone() throws IOException {
    Files.writeString(file, "[{\"address\": \"127.0.0.1");
    awaitState("failed");
    assertThat(names()).hasSize(SERVERS);
    Files.delete(file);
    awaitState("not_found");
    assertThat(names()).hasSize(SERVERS);
    awaitTraffic();
    replace(bed.servers().subList(0, 1));
    awaitPool(bed.servers().subList(0, 1));
    awaitTraffic();
    endTraffic();
    replace(List.of());
    awaitState("empty");
    awaitPool(List.of());
    replace(bed.servers());
    awaitPool(bed.servers());
  }

  /** At least one. */
  private List<SimulatedBackend> some() {
    List<SimulatedBackend> all = new ArrayList<>(bed.servers());
    Collections.shuffle(all, random);
    return all.subList(0, 1 + random.nextInt(SERVERS));
  }

  private void replace(List<SimulatedBackend> servers) throws IOException {
    Path next = Files.writeString(directory.resolve("next"), text(servers));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String text(List<SimulatedBackend> servers) {
    return new JsonArray(
            servers.stream()
                .map(
                    server ->
                        new JsonObject()
                            .put("name", server.id())
                            .put("address", server.address().toString()))
                .toList())
        .encode();
  }

  private void awaitPool(List<SimulatedBackend> servers) {
    Set<String> wanted =
        servers.stream().map(SimulatedBackend::id).collect(Collectors.toUnmodifiableSet());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(names()).isEqualTo(wanted));
  }

  private Set<String> names() {
    return bed.stats().backends().stream()
        .filter(backend -> !backend.mode().equals("leaving"))
        .map(BackendFigures::name)
        .collect(Collectors.toSet());
  }

  private void awaitState(String state) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        bed.status()
                            .getJsonArray("pools")
                            .getJsonObject(0)
                            .getJsonArray("discovery")
                            .getJsonObject(0)
                            .getString("state"))
                    .isEqualTo(state));
  }

  /** Clients are served now. */
  private void awaitTraffic() {
    long before = clients.report().total().finished();
    await().atMost(PATIENCE).until(() -> clients.report().total().finished() > before + 20);
  }

  private void endTraffic() {
    ClientReport report = clients.stop().await();
    assertThat(report.total().failed()).as("%s", report.total().failures()).isZero();
    assertThat(report.wrongAnswers()).isZero();
    assertThat(bed.stats().rejected()).isZero();
  }
}
