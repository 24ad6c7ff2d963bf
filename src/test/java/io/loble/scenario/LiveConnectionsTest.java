package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Live connections as they are listed and closed, through the front door. */
class LiveConnectionsTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int CLIENTS = 6;

  private final List<Socket> clients = new ArrayList<>();
  private Testbed bed;

  @BeforeEach
  void start() throws ConfigException, IOException {
    bed = Testbed.start(TestbedPlan.of(2));
    for (int i = 0; i < CLIENTS; i++) {
      Socket client = new Socket(bed.address().host(), bed.address().port());
      client.setSoTimeout(20_000);
      clients.add(client);
      client.getOutputStream().write("PING 1\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("PONG 1\n");
    }
  }

  @AfterEach
  void close() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    bed.close();
  }

  @Test
  void everyConnectionIsListedTheOldestFirst() {
    JsonObject live = ask("connections");

    assertThat(live.getInteger("total")).isEqualTo(CLIENTS);
    JsonArray connections = live.getJsonArray("connections");
    for (int i = 0; i < CLIENTS; i++) {
      JsonObject connection = connections.getJsonObject(i);
      assertThat(connection.getString("client"))
          .isEqualTo("127.0.0.1:" + clients.get(i).getLocalPort());
      assertThat(connection.getString("id")).matches("w\\d+-\\d+");
      assertThat(connection.getString("listener")).isEqualTo("default");
      assertThat(connection.getString("pool")).isEqualTo("default");
      assertThat(connection.getString("backend")).isEqualTo("server-" + (1 + i % 2));
      assertThat(connection.getLong("age_ms")).isNotNegative();
      assertThat(connection.getLong("idle_ms")).isNotNegative();
      assertThat(connection.getLong("waited_ms")).isZero();
      assertThat(connection.getLong("bytes_to_backend")).isEqualTo(7);
      assertThat(connection.getLong("bytes_to_client")).isEqualTo(7);
      assertThat(connection.getString("mode")).isEqualTo("buffer");
      assertThat(connection.getString("state")).isEqualTo("open");
    }
  }

  @Test
  void someAreAskedForAndAllOfThemCounted() {
    JsonObject some = ask("connections?backend=server-2&pool=default&listener=default&limit=2");

    assertThat(some.getInteger("total")).isEqualTo(CLIENTS / 2);
    assertThat(some.getJsonArray("connections")).hasSize(2);
    assertThat(some.getJsonArray("connections").getJsonObject(0).getString("client"))
        .endsWith(":" + clients.get(1).getLocalPort());
  }

  @ParameterizedTest
  @CsvSource({
    "backend=x, 404",
    "pool=x, 404",
    "listener=x, 404",
    "limit=0, 400",
    "limit=10001, 400",
    "limit=ten, 400",
    "client=localhost, 400",
    "client=127.0.0.256, 400",
    "client=127.0.0.0/33, 400",
    "colour=red, 400"
  })
  void whatIsNotThereOrOutOfBoundsIsRefused(String query, int status) {
    assertThat(Asked.of(bed.adminAddress(), "GET", "connections?" + query).status())
        .isEqualTo(status);
  }

  @Test
  void theyAreFoundByClient() throws IOException {
    try (Socket other = from("127.0.0.9")) {
      String port = ":" + clients.get(0).getLocalPort();

      assertThat(total("client=127.0.0.9")).isEqualTo(1);
      assertThat(total("client=127.0.0.9:" + other.getLocalPort())).isEqualTo(1);
      assertThat(total("client=127.0.0.9:1")).isZero();
      assertThat(total("client=127.0.0.1" + port)).isEqualTo(1);
      assertThat(total("client=127.0.0.1")).isEqualTo(CLIENTS);
      assertThat(total("client=127.0")).isEqualTo(CLIENTS + 1);
      assertThat(total("client=127.0.0.0/29")).isEqualTo(CLIENTS);
      assertThat(total("client=::1")).isZero();
    }
  }

  @Test
  void clientsAreAddedUpTheBusiestFirst() throws IOException {
    try (Socket other = from("127.0.0.9")) {
      JsonObject answer = ask("clients");

      assertThat(answer.getInteger("total")).isEqualTo(CLIENTS + 1);
      assertThat(answer.getInteger("distinct")).isEqualTo(2);
      assertThat(answer.getBoolean("complete")).isTrue();
      JsonObject busiest = answer.getJsonArray("clients").getJsonObject(0);
      assertThat(busiest.getString("client")).isEqualTo("127.0.0.1");
      assertThat(busiest.getInteger("connections")).isEqualTo(CLIENTS);
      assertThat(busiest.getInteger("bytes_to_backend")).isEqualTo(CLIENTS * 7);
      assertThat(ask("clients?limit=1").getJsonArray("clients")).hasSize(1);
      assertThat(ask("clients?client=" + "127.0.0.9").getInteger("total")).isEqualTo(1);
      assertThat(other.isConnected()).isTrue();
    }
    assertThat(Asked.of(bed.adminAddress(), "GET", "clients?limit=1001").status()).isEqualTo(400);
    assertThat(Asked.of(bed.adminAddress(), "GET", "clients?backend=x").status()).isEqualTo(404);
  }

  /** A client with an address of its own, which has spoken. */
  private Socket from(String address) throws IOException {
    Socket client = new Socket();
    client.bind(new InetSocketAddress(address, 0));
    client.connect(new InetSocketAddress(bed.address().host(), bed.address().port()));
    client.setSoTimeout(20_000);
    client.getOutputStream().write("PING 1\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("PONG 1\n");
    return client;
  }

  private int total(String query) {
    return ask("connections?" + query).getInteger("total");
  }

  @Test
  void oneThatIsClosedIsResetAndTheOthersGoOn() throws IOException {
    JsonObject first = ask("connections?limit=1").getJsonArray("connections").getJsonObject(0);
    String path = "connections/" + first.getString("id");

    Asked closed = Asked.of(bed.adminAddress(), "DELETE", path);

    assertThat(closed.status()).isEqualTo(202);
    assertThat(closed.body().getString("client")).isEqualTo(first.getString("client"));
    assertThatThrownBy(() -> clients.get(0).getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
    bed.await(SOON, figures -> figures.backend("server-1").active() == CLIENTS / 2 - 1);
    assertThat(ask("connections").getInteger("total")).isEqualTo(CLIENTS - 1);
    clients.get(1).getOutputStream().write("PING 2\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(clients.get(1).getInputStream().readNBytes(7)).asString().isEqualTo("PONG 2\n");
    assertThat(Asked.of(bed.adminAddress(), "DELETE", path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"w1-999999", "w99-1", "x", "1-1", "w1-99999999999999999999"})
  void whoIsNotThereCannotBeClosed(String id) {
    Asked asked = Asked.of(bed.adminAddress(), "DELETE", "connections/" + id);

    assertThat(asked.status()).isEqualTo(404);
    assertThat(asked.body().getString("detail"))
        .startsWith("there is no live connection \"" + id + "\"; it may have ended");
  }

  @Test
  void theEventBusHasTheSameCommands() {
    JsonObject list = new JsonObject().put("command", "connection.list").put("limit", 1);
    JsonArray connections = bed.command(list).getJsonArray("connections");
    String id = connections.getJsonObject(0).getString("id");

    JsonObject closed =
        bed.command(new JsonObject().put("command", "connection.close").put("id", id));

    assertThat(closed.getString("id")).isEqualTo(id);
  }

  @Test
  void halfClosedConnectionsAreShownSo() throws IOException {
    bed.server("server-1").delay(60_000);
    clients.get(0).getOutputStream().write("PING 3\n".getBytes(StandardCharsets.US_ASCII));
    clients.get(0).shutdownOutput();
    String mine = "127.0.0.1:" + clients.get(0).getLocalPort();
    long begin = System.nanoTime();
    while (!state(mine).equals("half_closed")) {
      assertThat(System.nanoTime() - begin).isLessThan(SOON.toNanos());
    }
  }

  private String state(String client) {
    return ask("connections").getJsonArray("connections").stream()
        .map(JsonObject.class::cast)
        .filter(connection -> connection.getString("client").equals(client))
        .findFirst()
        .orElseThrow()
        .getString("state");
  }

  private JsonObject ask(String path) {
    Asked asked = Asked.of(bed.adminAddress(), "GET", path);
    assertThat(asked.status()).isEqualTo(200);
    return asked.body();
  }
}
