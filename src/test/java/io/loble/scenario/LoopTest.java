package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.Socket;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A backend that leads a client back to where it came from is not connected to. */
@Timeout(120)
class LoopTest {

  private NameServer names;
  private @Nullable Vertx vertx;
  private int adminPort;

  @BeforeEach
  void start() throws IOException {
    names = NameServer.start("127.0.0.1");
    adminPort = Peers.freePort();
  }

  @AfterEach
  void stop() {
    if (vertx != null) {
      vertx.close().await();
    }
    names.close();
  }

  private Vertx vertx() {
    if (vertx == null) {
      throw new IllegalStateException("not deployed");
    }
    return vertx;
  }

  static Stream<Transport> transports() {
    return Stream.of(Transport.EPOLL, Transport.NIO).filter(t -> t != null && t.available());
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aNameThatTurnsOutToBeAListenerOfThePool(Transport transport) throws IOException {
    int port = Peers.freePort();
    deploy(
        transport,
        config(listener("web", "0.0.0.0", port, "web"))
            .put("pools", new JsonObject().put("web", pool("self.test:" + port))));
    assertReset(port);
    assertThat(figure("loble_listener_connections_accepted_total{listener=\"web\"}")).isEqualTo(1);
    assertThat(loops("self.test:" + port, "web")).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aCircleOfNamesThroughTwoPools(Transport transport) throws IOException {
    int one = Peers.freePort();
    int two = Peers.freePort();
    deploy(
        transport,
        config(listener("one", "127.0.0.1", one, "one"), listener("two", "127.0.0.1", two, "two"))
            .put(
                "pools",
                new JsonObject()
                    .put("one", pool("two.test:" + two))
                    .put("two", pool("one.test:" + one))));
    assertReset(one);
    // Each event loop has to see both links once.
    await().atMost(20, SECONDS).until(this::active, active -> active == 0);
    assertThat(figure("loble_listener_connections_accepted_total{listener=\"one\"}"))
        .isLessThan(20);
    assertThat(loops("one.test:" + one, "two") + loops("two.test:" + two, "one")).isPositive();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aNameThatLeadsThroughAnotherListenerToAServer(Transport transport) throws Exception {
    try (Server server = Server.acking()) {
      int one = Peers.freePort();
      int two = Peers.freePort();
      deploy(
          transport,
          config(listener("one", "0.0.0.0", one, "one"), listener("two", "127.0.0.1", two, "two"))
              .put(
                  "pools",
                  new JsonObject()
                      .put("one", pool("two.test:" + two))
                      .put("two", pool("127.0.0.1:" + server.port()))));
      for (int i = 0; i < 10; i++) {
        Ask.forAck(one);
      }
    }
  }

  @Test
  void commandsThatWouldMakeALoopAreRefused() throws IOException {
    int port = Peers.freePort();
    int other = Peers.freePort();
    deploy(
        Transport.NIO,
        config(listener("web", "127.0.0.1", port, "web"))
            .put(
                "pools",
                new JsonObject()
                    .put("web", pool("127.0.0.1:1"))
                    .put("next", pool("127.0.0.1:" + port))));
    Faces faces = new Faces(vertx(), adminPort);
    Answer backend =
        faces.overHttp(Call.of("backend.add", "pool", "web", "address", "localhost:" + port));
    assertThat(backend.status()).isEqualTo(409);
    assertThat(backend.body().getString("detail"))
        .contains("localhost:" + port + " is the listener \"web\" of this process");
    Call chained =
        Call.of("listener.add", "name", "a", "address", "127.0.0.1:" + other, "pool", "next");
    assertThat(faces.overHttp(chained).status()).isEqualTo(201);
    Answer circle =
        faces.overHttp(Call.of("backend.add", "pool", "web", "address", "127.0.0.1:" + other));
    assertThat(circle.status()).isEqualTo(409);
  }

  private void deploy(Transport transport, JsonObject config) {
    AddressResolverOptions resolver =
        new AddressResolverOptions().addServer("127.0.0.1:" + names.port());
    vertx =
        Vertx.builder()
            .with(new VertxOptions().setAddressResolverOptions(resolver))
            .withTransport(transport)
            .build();
    for (String name : new String[] {"loble:health", "loble:proxy", "loble:admin"}) {
      DeploymentOptions options = new DeploymentOptions().setConfig(config);
      vertx.deployVerticle(name, options.setInstances(name.equals("loble:proxy") ? 2 : 1)).await();
    }
  }

  private JsonObject config(JsonObject... listeners) {
    return new JsonObject()
        .put("listeners", JsonArray.of((Object[]) listeners))
        .put("balancer", new JsonObject().put("retries", 0))
        .put(
            "health",
            new JsonObject()
                .put("failure_threshold", 1_000_000)
                .put("active", new JsonObject().put("enabled", false)))
        .put("admin", new JsonObject().put("address", "127.0.0.1:" + adminPort));
  }

  private static JsonObject listener(String name, String host, int port, String pool) {
    return new JsonObject().put("name", name).put("address", host + ':' + port).put("pool", pool);
  }

  private static JsonObject pool(String backend) {
    return new JsonObject().put("backends", JsonArray.of(new JsonObject().put("address", backend)));
  }

  private static void assertReset(int port) throws IOException {
    try (Socket client = Ask.connect(port)) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private double loops(String backend, String pool) {
    return figure(
        "loble_backend_connect_failures_total{backend=\"%s\",pool=\"%s\",reason=\"loop\"}"
            .formatted(backend, pool));
  }

  private double figure(String series) {
    String page = new Admin("127.0.0.1:" + adminPort).get("/metrics").body();
    return page.lines()
        .filter(line -> line.startsWith(series + ' '))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series + " in\n" + page));
  }

  private int active() {
    return new Admin("127.0.0.1:" + adminPort).active();
  }
}
