package io.loble.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where requests go, and what they get where they go nowhere. */
class HttpRoutesTest {

  private static Origin web;
  private static Origin api;
  private static Origin mute;
  private static HttpBalancer balancer;

  @BeforeAll
  static void start(@TempDir Path pages) throws IOException {
    web = Origin.named("web");
    api = Origin.named("api");
    mute = Origin.that(Origin.Talk::untilEnd);
    Path gone = Files.writeString(pages.resolve("gone.html"), "<p>Later.</p>");
    balancer =
        HttpBalancer.start(
            HttpConf.to(web)
                .listener(
                    """
                    [listeners.http]
                    error_pages = { 503 = "%s" }
                    [[listeners.routes]]
                    path = "/api"
                    pool = "api"
                    [[listeners.routes]]
                    path = "/api/v2/"
                    pool = "api"
                    strip_prefix = true
                    [[listeners.routes]]
                    host = ["api.example", "*.api.example"]
                    pool = "api"
                    [[listeners.routes]]
                    method = ["DELETE", "PURGE"]
                    pool = "api"
                    [[listeners.routes]]
                    header = { x-canary = "yes" }
                    pool = "api"
                    [[listeners.routes]]
                    path = "/slow"
                    timeout = "300ms"
                    pool = "mute"
                    [[listeners.routes]]
                    path = "/none"
                    pool = "none"
                    [[listeners.routes]]
                    path = "/old"
                    redirect = "https"
                    """
                        .formatted(gone))
                .tables(
                    """
                    [[pools.api.backends]]
                    address = "127.0.0.1:%d"
                    [[pools.mute.backends]]
                    address = "127.0.0.1:%d"
                    [pools.none]
                    backends = []
                    [[listeners]]
                    name = "strict"
                    address = "127.0.0.1:0"
                    mode = "http"
                    pool = ""
                    [[listeners.routes]]
                    path = "/api"
                    pool = "api"
                    """
                        .formatted(api.port(), mute.port())));
  }

  @AfterAll
  static void close() throws IOException {
    balancer.close();
    web.close();
    api.close();
    mute.close();
  }

  @AfterEach
  void nothingIsLeft() {
    balancer.awaitNothing();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, a, '', web",
    "GET, /apix, a, '', web",
    "GET, /api, a, '', api",
    "GET, /api?x, a, '', api",
    "GET, /api/x, a, '', api",
    "GET, /API, a, '', web",
    "GET, /, api.example, '', api",
    "GET, /, API.example:8080, '', api",
    "GET, /, x.y.api.example, '', api",
    "GET, /, xapi.example, '', web",
    "DELETE, /, a, '', api",
    "PURGE, /, a, '', api",
    "GET, /, a, X-Canary: yes, api",
    "GET, /, a, X-Canary: no, web",
  })
  void aRequestTakesTheFirstRouteThatItMeets(
      String method, String target, String host, String field, String pool) throws IOException {
    String more = field.isEmpty() ? "" : field + "\r\n";
    Message answer =
        balancer.ask(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "\r\n");
    assertThat(answer.body()).isEqualTo(pool);
  }

  @Test
  void oneConnectionsRequestsGoDifferentWays() throws IOException {
    try (RawClient client = balancer.connect()) {
      for (String target : new String[] {"/", "/api", "/", "/api/x"}) {
        client.send(RawClient.request("GET", target, ""));
        assertThat(client.answer().body()).isEqualTo(target.startsWith("/api") ? "api" : "web");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"/api/v2/x?y=/api, /x?y=/api", "/api/v2, /", "/api/v2/, /", "/api/v2?x, /?x"})
  void aPrefixIsTakenOff(String target, String left) throws IOException {
    assertThat(balancer.get(target).body()).isEqualTo("api");
    assertThat(api.last().target()).isEqualTo(left);
  }

  @Test
  void whoTakesNoRouteAndHasNoPoolIsNotFound() throws IOException {
    try (RawClient client = new RawClient(balancer.port("strict"))) {
      Message answer = client.send(RawClient.request("GET", "/", "")).answer();
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.field("content-type")).isEqualTo("application/problem+json");
      assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(404);
      assertThat(client.send(RawClient.request("GET", "/api", "")).answer().body())
          .isEqualTo("api");
      client.send(RawClient.request("HEAD", "/", ""));
      assertThat(client.head().status()).isEqualTo(404);
      assertThat(client.send(RawClient.request("GET", "/api", "")).answer().body())
          .isEqualTo("api");
    }
  }

  @Test
  void aBodyThatNobodyWantsIsTaken() throws IOException {
    try (RawClient client = new RawClient(balancer.port("strict"))) {
      client.send(RawClient.request("POST", "/", "x".repeat(1_000_000)));
      assertThat(client.answer().status()).isEqualTo(404);
      assertThat(client.send(RawClient.request("GET", "/api", "")).answer().body())
          .isEqualTo("api");
    }
  }

  @Test
  void clientsAreToldToComeBackByTls() throws IOException {
    Message answer = balancer.ask("POST /old/x?y=z HTTP/1.1\r\nHost: Shop.example:8080\r\n\r\n");
    assertThat(answer.status()).isEqualTo(308);
    assertThat(answer.field("location")).isEqualTo("https://shop.example/old/x?y=z");
    assertThat(balancer.ask("GET /old HTTP/1.0\r\n\r\n").status()).isEqualTo(400);
  }

  @Test
  void anAnswerThatDoesNotBeginInTimeIsGivenUp() throws IOException {
    try (RawClient client = balancer.connect()) {
      Message answer = client.send(RawClient.request("GET", "/slow", "")).answer();
      assertThat(answer.status()).isEqualTo(504);
      assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(504);
      assertThat(client.send(RawClient.request("GET", "/", "")).answer().body()).isEqualTo("web");
    }
    mute.awaitOpen(0);
  }

  @Test
  void aPageOfTheUsersTakesTheProblemsPlace() {
    await()
        .untilAsserted(
            () -> {
              Message answer = balancer.get("/none");
              assertThat(answer.status()).isEqualTo(503);
              assertThat(answer.field("content-type")).startsWith("text/html");
              assertThat(answer.body()).isEqualTo("<p>Later.</p>");
            });
  }
}
