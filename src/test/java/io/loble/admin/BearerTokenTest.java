package io.loble.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.AdminConfig;
import io.loble.config.AdminTls;
import io.loble.config.MetricsConfig;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  @TempDir private Path directory = Path.of("");
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer s3cret", "bearer s3cret", "Bearer  s3cret "})
  void theTokenOpensTheApi(String authorization) throws IOException {
    AdminServer server = started("  s3cret\n");

    assertThat(status(server, "Authorization", authorization).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer s3cre", "Bearer s3crett", "Bearer S3CRET", "Bearer ", "Basic s3cret", "x"})
  void anythingElseDoesNot(String authorization) throws IOException {
    assertRefused(status(started("s3cret"), "Authorization", authorization));
  }

  @Test
  void neitherDoesNothing() throws IOException {
    assertRefused(status(started("s3cret")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/",
        "/api/v1/nothing",
        "//api/v1/status",
        "/api//v1/status",
        "/x/../api/v1/status",
        "/%61pi/v1/status"
      })
  void noSpellingOfAPathGoesRoundTheToken(String path) throws IOException {
    AdminServer server = started("s3cret");

    String answer = RawHttp.exchange(server.address(), "GET " + path + " HTTP/1.1");

    assertThat(answer).startsWith("HTTP/1.1 401 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/metrics"})
  void probesAndMetricsStayOpen(String path) throws IOException {
    assertThat(Web.get(started("s3cret").address(), path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/status, 200",
    "HEAD, /api/v1/status, 200",
    "GET, /api/v1/nothing, 404",
    "POST, /api/v1/status, 403",
    "PUT, /api/v1/pools/default/algorithm, 403",
    "PATCH, /api/v1/pools/default/backends/b, 403",
    "DELETE, /api/v1/pools/default, 403",
    "OPTIONS, /api/v1/status, 403",
    "POST, /api/v1/config/plan/, 403",
    "POST, /api/v1/config/plan/../reload, 403",
    "POST, /api/v1/config/reload, 403",
    "GET, /api/v1/connections, 200",
    "GET, /api/v1/threads, 200",
    "DELETE, /api/v1/connections/w1-1, 403",
    "POST, /api/v1/profile?seconds=1, 403",
    "PUT, /api/v1/config/plan, 403",
  })
  void theReadOnlyTokenLooksAndNoMore(String method, String path, int expected) throws IOException {
    AdminServer server = startedWithBoth("s3cret", "l00k");

    HttpResponse<String> response =
        Web.send(method, server.address(), path, "Authorization", "Bearer l00k");

    assertThat(response.statusCode()).isEqualTo(expected);
    if (expected == 403) {
      assertThat(Web.json(response).getString("detail"))
          .isEqualTo(
              "the token of admin.readonly_token_file allows GET, HEAD and"
                  + " POST /api/v1/config/plan; send that of admin.token_file");
    }
  }

  @Test
  void everyAnswerSaysWhatItsTokenMayDo() throws IOException {
    AdminServer server = startedWithBoth("s3cret", "l00k");

    assertThat(access(status(server, "Authorization", "Bearer s3cret"))).isEqualTo("full");
    assertThat(access(status(server, "Authorization", "Bearer l00k"))).isEqualTo("read-only");
    assertThat(access(status(server))).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/status.html, any:s3cret, 200",
    "/api/v1/status.html, :l00k, 200",
    "/api/v1/status.html, s3cret, 401",
    "/api/v1/status.html, s3cret:, 401",
    "/api/v1/status.html, any:wrong, 401",
    "/api/v1/status, any:s3cret, 401",
    "/api/v1/pools, any:s3cret, 401",
  })
  void aBrowserMaySendTheTokenAsAPasswordForThePageOfTablesAlone(
      String path, String credentials, int expected) throws IOException {
    AdminServer server = startedWithBoth("s3cret", "l00k");
    String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));

    HttpResponse<String> response =
        Web.get(server.address(), path, "Authorization", "Basic " + encoded);

    assertThat(response.statusCode()).isEqualTo(expected);
    if (expected == 200) {
      assertThat(Web.header(response, "content-type")).isEqualTo("text/html; charset=utf-8");
      assertThat(Web.header(response, "content-security-policy")).startsWith("default-src 'none'");
    } else {
      assertThat(Web.header(response, "www-authenticate"))
          .startsWith(path.endsWith(".html") ? "Basic" : "Bearer");
    }
  }

  @Test
  void whatIsNoPasswordIsRefused() throws IOException {
    HttpResponse<String> response =
        Web.get(started("s3cret").address(), "/api/v1/status.html", "Authorization", "Basic %%%");

    assertThat(response.statusCode()).isEqualTo(401);
  }

  private static String access(HttpResponse<String> response) {
    return Web.header(response, "loble-access");
  }

  @Test
  void theReadOnlyTokenMayPlan() throws IOException {
    AdminServer server = startedWithBoth("s3cret", "l00k");

    assertThat(
            Web.send(
                    "POST", server.address(), "/api/v1/config/plan", "Authorization", "Bearer l00k")
                .statusCode())
        .isNotIn(401, 403);
  }

  @Test
  void theFullTokenMayDoAnythingBesideAReadOnlyOne() throws IOException {
    AdminServer server = startedWithBoth("s3cret", "l00k");

    assertThat(
            Web.send("POST", server.address(), "/api/v1/x", "Authorization", "Bearer s3cret")
                .statusCode())
        .isEqualTo(404);
    assertRefused(status(server, "Authorization", "Bearer s3cretl00k"));
    assertRefused(status(server));
  }

  @Test
  void aTokenBeyondAsciiIsComparedByItsBytes() throws IOException {
    AdminServer server = started("gehe\u00efm");
    String header = new String("gehe\u00efm".getBytes(UTF_8), ISO_8859_1);

    String answer =
        RawHttp.send(
            server.address(),
            "GET /api/v1/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Authorization: Bearer "
                + header
                + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aMissingReadOnlyFileFailsTheStartAndLeavesNothingOpen() throws IOException {
    Path full = Files.writeString(directory.resolve("token"), "s3cret");
    String missing = directory.resolve("missing").toString();
    AdminConfig admin = new AdminConfig(ANY, full.toString(), missing, AdminTls.OFF);

    assertThatThrownBy(() -> started(admin))
        .hasMessage("admin.readonly_token_file " + missing + ": no such file");
  }

  @Test
  void aMissingFileFailsTheStart() {
    String missing = directory.resolve("missing").toString();

    assertThatThrownBy(() -> started(new AdminConfig(ANY, missing)))
        .hasMessage("admin.token_file " + missing + ": no such file");
  }

  @Test
  void aFileWithoutATokenFailsTheStart() {
    assertThatThrownBy(() -> started(" \n")).hasMessageEndingWith(": holds no token");
  }

  private AdminServer started(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("token"), content);
    return started(new AdminConfig(ANY, file.toString()));
  }

  private AdminServer startedWithBoth(String full, String readonly) throws IOException {
    Path fullFile = Files.writeString(directory.resolve("token"), full);
    Path readonlyFile = Files.writeString(directory.resolve("readonly"), readonly);
    return started(
        new AdminConfig(ANY, fullFile.toString(), readonlyFile.toString(), AdminTls.OFF));
  }

  private AdminServer started(AdminConfig admin) {
    AdminServer server = Admins.server(vertx, "lb", admin, new MetricsConfig(true, ANY));
    server.start().await();
    return server;
  }

  private static HttpResponse<String> status(AdminServer server, String... headers) {
    return Web.get(server.address(), "/api/v1/status", headers);
  }

  private static void assertRefused(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(Web.header(response, "www-authenticate")).startsWith("Bearer");
    assertThat(Web.header(response, "content-type")).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(response.body()).doesNotContain("s3cret");
  }
}
