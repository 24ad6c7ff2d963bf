package io.loble.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
