package io.loble.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files: what they are served as, to whom, and that nothing else is. */
class DashboardTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);
  private static final Path SOURCES = Path.of("src/main/resources/io/loble/dashboard");
  private static final Pattern IMPORT = Pattern.compile(" from '\\./([^']+)'");

  @TempDir private Path directory = Path.of("");
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/dashboard/style.css, text/css; charset=utf-8",
    "/dashboard/app.js, text/javascript; charset=utf-8",
    "/dashboard/icon.svg, image/svg+xml",
    "/dashboard/uplot/uPlot.iife.min.js, text/javascript; charset=utf-8",
    "/dashboard/uplot/LICENSE, text/plain; charset=utf-8",
  })
  void everyFileSaysWhatItIsAndWhatItMayDo(String path, String type) {
    HttpResponse<String> response = Web.get(started(), path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Web.header(response, "content-type")).isEqualTo(type);
    assertThat(Web.header(response, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(Web.header(response, "referrer-policy")).isEqualTo("no-referrer");
    assertThat(Web.header(response, "content-security-policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void everySourceIsServedAndEveryImportIsThere() throws IOException {
    HostPort server = started();
    for (String file : sources()) {
      String path = file.equals("index.html") ? "/" : "/dashboard/" + file;
      assertThat(Web.get(server, path).statusCode()).as(path).isEqualTo(200);
    }
    Set<String> imported =
        sources().stream()
            .filter(name -> name.endsWith(".js"))
            .flatMap(name -> IMPORT.matcher(read(name)).results())
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(sources()).containsAll(imported);
  }

  @Test
  void noSourceMakesMarkupOfTextOrNamesAnotherHost() throws IOException {
    for (String file : sources()) {
      if (!file.startsWith("uplot/") && !file.endsWith(".svg")) {
        assertThat(read(file))
            .as(file)
            .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "://")
            .doesNotContain(" style=");
      }
    }
  }

  @Test
  void whoHasAFileAlreadyGetsNothing() {
    HostPort server = started();
    HttpResponse<String> first = Web.get(server, "/dashboard/app.js");
    String tag = Web.header(first, "etag");

    HttpResponse<String> same = Web.get(server, "/dashboard/app.js", "If-None-Match", tag);
    HttpResponse<String> other = Web.get(server, "/dashboard/app.js", "If-None-Match", "\"x\"");

    assertThat(Web.header(first, "cache-control")).isEqualTo("no-cache");
    assertThat(tag).matches("\"[0-9a-f]+\"");
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(other.body()).isEqualTo(first.body());
  }

  @Test
  void headIsGetWithoutTheBody() {
    HostPort server = started();
    HttpResponse<String> whole = Web.get(server, "/");

    HttpResponse<String> head = Web.send("HEAD", server, "/");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(Web.header(head, "content-length")).isEqualTo(Web.header(whole, "content-length"));
    assertThat(Web.header(head, "etag")).isEqualTo(Web.header(whole, "etag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dashboard",
        "/dashboard/",
        "/dashboard/index.html",
        "/dashboard/nothing.js",
        "/dashboard/../build.properties",
        "/dashboard/%2e%2e/build.properties",
        "/dashboard/..%2fbuild.properties",
        "/dashboard//style.css/..%5c..%5cbuild.properties",
        "/build.properties",
      })
  void nothingElseIsServed(String path) {
    String answer = RawHttp.exchange(started(), "GET " + path + " HTTP/1.1");

    assertThat(answer).startsWith("HTTP/1.1 404 ").contains(Problem.MEDIA_TYPE);
  }

  @Test
  void thePageIsOnlyRead() {
    assertThat(Web.send("POST", started(), "/").statusCode()).isEqualTo(405);
  }

  @Test
  void whereThereIsATokenThePageIsOpenAndWhatItShowsIsNot() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "s3cret");
    HostPort server = started(token.toString());

    assertThat(Web.get(server, "/").statusCode()).isEqualTo(200);
    assertThat(Web.get(server, "/dashboard/app.js").statusCode()).isEqualTo(200);
    assertThat(Web.get(server, "/api/v1/status").statusCode()).isEqualTo(401);
  }

  @Test
  void aPlanIsMadeOfAVersionToo() throws Exception {
    HostPort server = started();

    HttpResponse<String> same = plan(server, "{\"version\":1}");
    HttpResponse<String> unknown = plan(server, "{\"version\":7}");
    HttpResponse<String> withoutFile = plan(server, "{\"reload\":true}");

    assertThat(same.statusCode()).isEqualTo(200);
    assertThat(Web.json(same).getBoolean("changed")).isFalse();
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(withoutFile.statusCode()).isEqualTo(409);
    assertThat(Web.json(withoutFile).getString("detail")).contains("no configuration file");
  }

  private static HttpResponse<String> plan(HostPort server, String arguments) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + server + "/api/v1/config/plan"))
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(arguments))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private HostPort started() {
    return started("");
  }

  private HostPort started(String tokenFile) {
    AdminServer server =
        Admins.server(vertx, "lb", new AdminConfig(ANY, tokenFile), new MetricsConfig(true, ANY));
    server.start().await();
    return server.address();
  }

  private static Set<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> SOURCES.relativize(file).toString().replace('\\', '/'))
          .collect(Collectors.toSet());
    }
  }

  private static String read(String name) {
    try {
      return Files.readString(SOURCES.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }
}
