package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The balancer in a Vert.x instance that another program has made, as the README shows. */
class EmbeddedTest {

  private static final int BULK = 64 * 1024 * 1024;

  private final Logger log = (Logger) LoggerFactory.getLogger("loble");
  private final Level levelBefore = log.getLevel();
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void listen() {
    events.start();
    log.setLevel(Level.INFO);
    log.addAppender(events);
  }

  @AfterEach
  void listenNoMore() {
    log.detachAppender(events);
    log.setLevel(levelBefore);
  }

  @Test
  void aNativeTransportIsTakenWhereTheProgramPrefersIt() throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    try (Server backend = sender()) {
      JsonObject status = deploy(vertx, backend, "auto");
      assertThat(status.getString("transport")).isEqualTo("epoll");
      assertThat(status.getString("transport_advice")).isNull();
      assertThat(messages()).anyMatch(m -> m.contains("in this Vert.x instance, transport epoll"));
      assertThat(messages()).noneMatch(m -> m.contains("setPreferNativeTransport"));
      assertThat(received(status)).isEqualTo(BULK);
      Admin admin = new Admin("127.0.0.1:" + adminPort(messages()));
      await()
          .atMost(20, SECONDS)
          .untilAsserted(
              () ->
                  assertThat(admin.get("/metrics").body())
                      .containsPattern(
                          "loble_listener_connections_relayed_total\\{[^}]*pump=\"splice\"[^}]*} 1"));
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void withoutOneTheLogAndTheStatusSayWhichOptionWouldDo() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (Server backend = sender()) {
      JsonObject status = deploy(vertx, backend, "epoll");
      assertThat(status.getString("transport")).isEqualTo("nio");
      assertThat(status.getString("transport_advice"))
          .contains("to have epoll", "new VertxOptions().setPreferNativeTransport(true)");
      assertThat(messages())
          .filteredOn(m -> m.contains("setPreferNativeTransport(true)"))
          .as("told once, not by each proxy")
          .hasSize(1);
      assertThat(messages())
          .anyMatch(m -> m.contains("transport \"epoll\" has no effect here"))
          .anyMatch(m -> m.contains("in this Vert.x instance, transport nio"));
      assertThat(received(status)).isEqualTo(BULK);
    } finally {
      vertx.close().await();
    }
  }

  private JsonObject deploy(Vertx vertx, Server backend, String transport) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("loble.toml"), Balancer.toml(Balancer.backend("a", backend.port())));
    JsonObject conf =
        new JsonObject()
            .put("config", file.toString())
            .put("transport", transport)
            .put("instances", 2);
    vertx.deployVerticle("loble:main", new DeploymentOptions().setConfig(conf)).await();
    JsonObject command = new JsonObject().put("command", "status");
    return vertx.eventBus().<JsonObject>request("loble.admin", command).await().body();
  }

  /** Sends each client a lot. */
  private static Server sender() throws IOException {
    byte[] piece = new byte[256 * 1024];
    return Server.start(
        client -> {
          for (int sent = 0; sent < BULK; sent += piece.length) {
            client.getOutputStream().write(piece);
          }
        });
  }

  private static long received(JsonObject status) {
    String address = status.getJsonArray("listeners").getJsonObject(0).getString("address");
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    try (Socket socket = Ask.connect(port);
        InputStream in = socket.getInputStream()) {
      byte[] buffer = new byte[256 * 1024];
      long all = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all += n;
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> messages() {
    return List.copyOf(events.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static String adminPort(List<String> messages) {
    return messages.stream()
        .filter(m -> m.contains("admin on"))
        .findFirst()
        .orElseThrow()
        .replaceAll(".*admin on [^ ]*:(\\d+), .*", "$1");
  }
}
