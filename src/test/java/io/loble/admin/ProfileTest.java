package io.loble.admin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import jdk.jfr.FlightRecorder;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the process does, as it is shown: threads and recordings. */
class ProfileTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  @TempDir private Path directory = Path.of("");
  private final Vertx vertx = Vertx.vertx();
  private final AdminServer server =
      Admins.server(vertx, "lb/7", new AdminConfig(ANY, ""), new MetricsConfig(true, ANY));

  @BeforeEach
  void start() {
    server.start().await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aRecordingIsAFileThatTheJvmsToolsRead() throws IOException, InterruptedException {
    Path file = directory.resolve("x.jfr");
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://" + server.address() + "/api/v1/profile?seconds=1"))
            .POST(BodyPublishers.noBody())
            .build();

    HttpResponse<Path> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofFile(file));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Web.header(response, "content-type")).isEqualTo("application/octet-stream");
    assertThat(Web.header(response, "content-disposition"))
        .matches("attachment; filename=\"loble-lb_7-\\d{8}T\\d{6}Z\\.jfr\"");
    assertThat(RecordingFile.readAllEvents(file)).isNotEmpty();
    await().atMost(20, SECONDS).until(() -> recordings() == 0 && temporaryFiles() == 0);
  }

  @Test
  void thereIsOneAtATimeAndItEndsWhenItsClientLeaves() throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
      String request = "POST /api/v1/profile?seconds=120 HTTP/1.1\r\nHost: localhost\r\n\r\n";
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      await().atMost(20, SECONDS).until(() -> recordings() == 1);

      HttpResponse<String> second = Web.send("POST", server.address(), "/api/v1/profile?seconds=1");

      assertThat(second.statusCode()).isEqualTo(409);
      assertThat(Web.header(second, "content-type")).isEqualTo(Problem.MEDIA_TYPE);
    }
    await().atMost(20, SECONDS).until(() -> recordings() == 0);
    await()
        .atMost(20, SECONDS)
        .until(
            () ->
                Web.send("POST", server.address(), "/api/v1/profile?seconds=1").statusCode()
                    == 200);
    // The file is deleted after the last of its bytes was sent.
    await().atMost(20, SECONDS).until(() -> temporaryFiles() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seconds=0", "seconds=121", "seconds=x", "minutes=1"})
  void whatCannotBeRecordedIsRefused(String query) {
    HttpResponse<String> response = Web.send("POST", server.address(), "/api/v1/profile?" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(recordings()).isZero();
  }

  @Test
  void everyThreadIsListedWithWhatItDoes() {
    JsonObject threads = Web.json(Web.get(server.address(), "/api/v1/threads"));

    assertThat(threads.getJsonArray("threads"))
        .extracting(JsonObject.class::cast)
        .allMatch(thread -> thread.fieldNames().contains("stack"))
        .anySatisfy(
            thread -> {
              assertThat(thread.getString("name")).isEqualTo(Thread.currentThread().getName());
              assertThat(thread.getString("state")).isNotEmpty();
              assertThat(thread.getLong("cpu_ms")).isPositive();
              assertThat(thread.getJsonArray("stack").encode()).contains("ProfileTest");
            });
  }

  private static long recordings() {
    return FlightRecorder.getFlightRecorder().getRecordings().stream()
        .filter(recording -> recording.getName().equals("loble"))
        .count();
  }

  private static long temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("loble-") && name.endsWith(".jfr"))
          .count();
    }
  }
}
