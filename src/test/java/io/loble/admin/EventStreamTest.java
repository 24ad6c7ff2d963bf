package io.loble.admin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.model.HostPort;
import io.loble.upstream.Events;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  private final Vertx vertx = Vertx.vertx();
  private final AdminServer server =
      Admins.server(vertx, "lb-7", new AdminConfig(ANY, ""), new MetricsConfig(true, ANY));

  /** What one client has got, line by line; comments are left out. */
  private record Listener(List<String> lines, CompletableFuture<Void> end) {

    static Listener on(AdminServer server, String... headers) throws Exception {
      URI uri = URI.create("http://" + server.address() + "/api/v1/events");
      HttpRequest.Builder request = HttpRequest.newBuilder(uri);
      if (headers.length > 0) {
        request.headers(headers);
      }
      HttpResponse<InputStream> response =
          HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
      assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
      Listener listener = new Listener(new CopyOnWriteArrayList<>(), new CompletableFuture<>());
      Thread reader = new Thread(() -> listener.read(response.body()), "events");
      reader.setDaemon(true);
      reader.start();
      return listener;
    }

    private void read(InputStream body) {
      StringBuilder line = new StringBuilder();
      try (body) {
        for (int c = body.read(); c >= 0; c = body.read()) {
          if (c != '\n') {
            line.append((char) c);
          } else {
            add(line.toString());
            line.setLength(0);
          }
        }
      } catch (IOException e) {
        // The server went away.
      }
      end.complete(null);
    }

    private void add(String line) {
      if (!line.isEmpty() && !line.startsWith(":")) {
        lines.add(line);
      }
    }

    void awaitLines(int count) {
      await().atMost(20, SECONDS).until(() -> lines.size() >= count);
    }
  }

  @BeforeEach
  void start() {
    server.start().await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void everyEventIsSentToEverybody() throws Exception {
    Listener one = Listener.on(server);
    Listener other = Listener.on(server);
    publish("backend.state", "healthy", "unhealthy");
    publish("pool.algorithm", "random", "round_robin");

    one.awaitLines(6);
    other.awaitLines(6);
    assertThat(one.lines().subList(0, 2)).containsExactly("id: 1", "event: backend.state");
    JsonObject data = new JsonObject(one.lines().get(2).substring("data: ".length()));
    assertThat(data.fieldNames())
        .containsExactly("type", "at", "who", "what", "before", "after", "more");
    assertThat(one.lines().subList(3, 5)).containsExactly("id: 2", "event: pool.algorithm");
    assertThat(other.lines()).isEqualTo(one.lines());
  }

  @Test
  void whoComesBackGetsWhatWasMissed() throws Exception {
    for (int i = 1; i <= 300; i++) {
      publish("config.reload", i - 1, i);
    }
    awaitKept(300);
    Listener late = Listener.on(server, "Last-Event-ID", "298");
    late.awaitLines(6);
    assertThat(late.lines()).contains("id: 299", "id: 300").doesNotContain("id: 298");

    Listener veryLate = Listener.on(server, "Last-Event-ID", "3");
    veryLate.awaitLines(256 * 3);
    assertThat(veryLate.lines()).startsWith("id: 45").hasSize(256 * 3);

    Listener confused = Listener.on(server, "Last-Event-ID", "what");
    publish("config.reload", 300, 301);
    confused.awaitLines(3);
    assertThat(confused.lines()).startsWith("id: 301");
  }

  @Test
  void streamsEndWithTheServer() throws Exception {
    Listener listener = Listener.on(server);
    server.stop().await();
    listener.end().get(20, SECONDS);
  }

  /** Waits until the server has kept that many: what is published goes its own way. */
  private void awaitKept(int count) throws Exception {
    Listener probe = Listener.on(server, "Last-Event-ID", "0");
    await().atMost(20, SECONDS).until(() -> probe.lines().contains("id: " + count));
  }

  private void publish(String type, Object before, Object after) {
    new Events(vertx)
        .publish(
            new Events.Event(type, "a test", "something", before, after),
            new JsonObject().put("more", 1));
  }
}
