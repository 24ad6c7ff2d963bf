package io.loble.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.CertificateFiles;
import io.loble.http.Http2Frames.Frame;
import io.loble.tls.TestCertificates;
import io.loble.tls.TestFiles;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many requests a connection of HTTP/2 has at once, on either side. */
class StreamLimitsTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<HttpServerRequest> held = new CopyOnWriteArrayList<>();
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aClientIsToldHowManyItMayHaveAndOneMoreIsRefused(@TempDir Path directory)
      throws IOException {
    Gate gate = new Gate();
    try (Origin origin =
            Origin.answering(
                request -> {
                  if (request.target().startsWith("/held")) {
                    gate.passUnchecked();
                  }
                  return Origin.ok("here");
                });
        HttpBalancer balancer = HttpBalancer.start(secured(HttpConf.to(origin), directory), 1);
        Http2Frames client = new Http2Frames(balancer.port())) {
      assertThat(client.settings()).containsEntry(Http2Frames.MAX_CONCURRENT_STREAMS, 3);
      for (int stream : List.of(1, 3, 5)) {
        client.get(stream, "/held/" + stream);
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> origin.heads().size() == 3);

      client.get(7, "/one-more");
      Frame refusal = client.next();
      assertThat(refusal.stream()).isEqualTo(7);
      assertThat(refusal.type()).isEqualTo(Http2Frames.RST_STREAM);
      assertThat(refusal.number()).isEqualTo(Http2Frames.REFUSED_STREAM);

      gate.open();
      assertThat(answered(client, 3)).containsExactlyInAnyOrder(1, 3, 5);
      client.get(9, "/next");
      assertThat(answered(client, 1)).containsExactly(9);
      assertThat(origin.heads())
          .extracting(Message::target)
          .containsExactlyInAnyOrder("/held/1", "/held/3", "/held/5", "/next");
      assertThat(balancer.listener().acceptedTotal()).isEqualTo(1);
    }
  }

  private static HttpConf secured(HttpConf conf, Path directory) {
    CertificateFiles files =
        TestFiles.write(
            directory,
            "leaf",
            TestCertificates.leaf(TestCertificates.AUTHORITY, "localhost", "127.0.0.1"));
    return conf.listener(
        """
        http = { max_streams = 3 }
        tls = { certificates = [{ cert = "%s", key = "%s" }] }\
        """
            .formatted(files.cert(), files.key()));
  }

  /** The streams on which so many answers have come, whole and with status 200. */
  private static List<Integer> answered(Http2Frames client, int answers) throws IOException {
    List<Integer> ended = new ArrayList<>();
    while (ended.size() < answers) {
      Frame frame = client.next();
      assertThat(frame.isOk() || frame.type() == Http2Frames.DATA).as("%s", frame).isTrue();
      if (frame.endsStream()) {
        ended.add(frame.stream());
      }
    }
    return ended;
  }

  /** A backend that keeps every request until the test answers it. */
  private HttpServer backend(Http2Settings settings) {
    return vertx
        .createHttpServer(
            new HttpServerOptions().setHttp2ClearTextEnabled(true).setInitialSettings(settings))
        .connectionHandler(connections::add)
        .requestHandler(held::add)
        .listen(0, "127.0.0.1")
        .await();
  }

  private static HttpBalancer to(HttpServer backend, int maxStreams) throws IOException {
    return HttpBalancer.start(
        new HttpConf()
            .backend("a", backend.actualPort())
            .pool("http = { version = \"h2\", max_streams = " + maxStreams + " }"),
        1);
  }

  @Test
  void noConnectionToABackendHasMoreThanAllowed() throws IOException {
    try (HttpBalancer balancer = to(backend(new Http2Settings()), 2)) {
      assertShares(balancer, 5, 2L, 2L, 1L);
      // They serve on: no connection is made that is not needed.
      assertShares(balancer, 6, 2L, 2L, 2L);
      assertThat(connections).hasSize(3);
    }
  }

  @Test
  void aBackendMayAllowFewerThanThePoolDoes() throws IOException {
    try (HttpBalancer balancer = to(backend(new Http2Settings().setMaxConcurrentStreams(1)), 100)) {
      assertShares(balancer, 3, 1L, 1L, 1L);
      assertThat(connections).hasSize(3);
    }
  }

  /** Has so many clients ask, each when the one before has got through, and answers them all. */
  private void assertShares(HttpBalancer balancer, int clients, Long... ofConnections)
      throws IOException {
    held.clear();
    List<RawClient> asking = new ArrayList<>();
    try {
      for (int i = 1; i <= clients; i++) {
        asking.add(balancer.connect().send(RawClient.request("GET", "/", "")));
        int wanted = i;
        await().atMost(Duration.ofSeconds(20)).until(() -> held.size() == wanted);
      }
      assertThat(
              held.stream()
                  .collect(
                      Collectors.groupingBy(HttpServerRequest::connection, Collectors.counting()))
                  .values())
          .containsExactlyInAnyOrder(ofConnections);
      held.forEach(request -> request.response().end("here"));
      for (RawClient client : asking) {
        assertThat(client.answer().body()).isEqualTo("here");
      }
    } finally {
      for (RawClient client : asking) {
        client.close();
      }
    }
    balancer.awaitNothing();
  }
}
