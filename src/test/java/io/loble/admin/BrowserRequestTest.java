package io.loble.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page from elsewhere can make a browser send, and what may pass all the same. */
class BrowserRequestTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);
  private static final String TOKEN = "Authorization: Bearer s3cret\r\n";

  @TempDir private Path directory = Path.of("");
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Host: localhost:9090 | 200",
        "Host: LocalHost | 200",
        "Host: 127.0.0.1:1 | 200",
        "Host: 127.9.8.7:9090 | 200",
        "Host: [::1]:9090 | 200",
        "Host: [::1] | 200",
        "Host: evil.example | 403",
        "Host: evil.example:9090 | 403",
        "Host: localhost.evil.example | 403",
        "Host: 127.0.0.1.evil.example | 403",
        "Host: notlocalhost | 403",
        "Host: 127.0.0.1:evil | 400",
        "Host: 10.0.0.1 | 403",
        "Host: [::2] | 403",
        "Host: | 403",
      })
  void withoutATokenOnlyALoopbackHostIsAnswered(String header, int expected) {
    assertStatus(expected, ask(started(), "/api/v1/status", header + "\r\n"));
  }

  @Test
  void theRefusalOfAHostSaysWhy() {
    String answer = ask(started(), "/api/v1/status", "Host: evil.example\r\n");

    assertThat(answer).contains("content-type: " + Problem.MEDIA_TYPE);
    assertThat(new JsonObject(answer.substring(answer.indexOf('{'))).getString("detail"))
        .isEqualTo(
            "without admin.token_file, only requests to a loopback name or address are answered,"
                + " such as localhost or 127.0.0.1; this one was sent to evil.example");
  }

  @Test
  void aRequestWithoutAHostIsNotABrowsers() {
    String answer = RawHttp.send(started(), "GET /api/v1/status HTTP/1.0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.0 200 ");
  }

  @Test
  void withATokenAnyHostIsAnswered() throws IOException {
    String headers = "Host: lb.example\r\n" + TOKEN;

    assertStatus(200, ask(startedWithToken(), "/api/v1/status", headers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Origin: http://lb.example:9090 | 200",
        "Origin: https://LB.example:9090 | 200",
        "Origin: http://lb.example | 403",
        "Origin: http://lb.example:9091 | 403",
        "Origin: http://evil.example:9090 | 403",
        "Origin: http://lb.example:9090.evil.example | 403",
        "Origin: http://evil.example/lb.example:9090 | 403",
        "Origin: null | 403",
        "Origin: | 403",
        "Origin: lb.example:9090 | 403",
        "Sec-Fetch-Site: cross-site | 403",
        "Sec-Fetch-Site: Cross-Site | 403",
        "Sec-Fetch-Site: same-origin | 200",
        "Sec-Fetch-Site: same-site | 200",
        "Sec-Fetch-Site: none | 200",
      })
  void aPageFromElsewhereIsRefusedEvenWithTheToken(String header, int expected) throws IOException {
    String headers = "Host: lb.example:9090\r\n" + TOKEN + header + "\r\n";

    assertStatus(expected, ask(startedWithToken(), "/api/v1/status", headers));
  }

  @Test
  void everyOriginCounts() {
    String headers = "Host: localhost\r\nOrigin: http://localhost\r\nOrigin: http://evil\r\n";

    assertStatus(403, ask(started(), "/api/v1/status", headers));
  }

  @Test
  void anOriginWithoutAHostIsRefused() {
    String answer =
        RawHttp.send(started(), "GET /api/v1/status HTTP/1.0\r\nOrigin: http://evil\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.0 403 ");
  }

  @Test
  void whatDoesNotExistIsRefusedTheSame() {
    assertStatus(403, ask(started(), "/api", "Host: evil.example\r\n"));
    assertStatus(403, ask(started(), "/api/v1/nothing", "Host: evil.example\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/metrics", "/nothing"})
  void metricsAndProbesAreNotChecked(String path) {
    String headers = "Host: evil.example\r\nOrigin: null\r\nSec-Fetch-Site: cross-site\r\n";

    assertStatus(path.equals("/nothing") ? 404 : 200, ask(started(), path, headers));
  }

  private HostPort started() {
    return started("");
  }

  private HostPort startedWithToken() throws IOException {
    return started(Files.writeString(directory.resolve("token"), "s3cret").toString());
  }

  private HostPort started(String tokenFile) {
    AdminServer server =
        Admins.server(vertx, "lb", new AdminConfig(ANY, tokenFile), new MetricsConfig(true, ANY));
    server.start().await();
    return server.address();
  }

  private static String ask(HostPort server, String path, String headers) {
    String request = "GET " + path + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n";
    return RawHttp.send(server, request);
  }

  private static void assertStatus(int expected, String answer) {
    assertThat(answer).startsWith("HTTP/1.1 " + expected + " ");
  }
}
