package io.loble.scenario;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is odd about names, hosts and bodies, as it comes over HTTP. */
class OddInputTest {

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private int adminPort;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    adminPort = Peers.freePort();
    Path file = Files.writeString(directory.resolve("loble.toml"), toml("127.0.0.1:0"));
    JsonObject conf =
        new JsonObject()
            .put("config", file.toString())
            .put("overrides", new JsonObject("{\"timeouts\": {\"idle\": \"1m\"}}"));
    vertx.deployVerticle("loble:main", new DeploymentOptions().setConfig(conf)).await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void namesKeepTheRuleInEveryCommand() throws Exception {
    String long256 = "n".repeat(256);
    for (String name : new String[] {"we\u202Eb", "we\u200Bb", "we\nb", long256}) {
      assertRefused("pools", body("name", name));
      assertRefused("listeners", body("name", name).put("address", "127.0.0.1:0"));
      assertRefused("pools/default/backends", body("name", name).put("address", "10.0.0.9:80"));
    }
    assertThat(send("POST", "pools", body("name", "we\u202Eb").encode()).body())
        .contains("we<U+202E>b");
  }

  @Test
  void theLongestNameCanBeRemovedAgain() throws Exception {
    String name = "é".repeat(127) + "x";
    JsonObject backend = body("name", name).put("address", "10.0.0.9:80");
    assertThat(send("POST", "pools/default/backends", backend.encode()).statusCode())
        .isEqualTo(201);
    String path = "pools/default/backends/" + URLEncoder.encode(name, UTF_8);
    assertThat(send("GET", path, "").statusCode()).isEqualTo(200);
    assertThat(send("DELETE", path, "").statusCode()).isEqualTo(202);
  }

  @Test
  void aBackendIsTheSameInOtherWords() throws Exception {
    assertThat(add("LocalHost:8081").statusCode()).isEqualTo(201);
    assertThat(add("[0:0:0:0:0:0:0:1]:8082").statusCode()).isEqualTo(201);
    assertThat(add("localhost:8081").statusCode()).isEqualTo(409);
    assertThat(add("[::1]:8082").statusCode()).isEqualTo(409);
    assertThat(add("127.1:8083").statusCode()).isEqualTo(400);
    assertThat(add("127.1:8083").body()).contains("looks like an IPv4 address but is not one");
    for (String name : new String[] {"localhost:8081", "LocalHost:8081", "LOCALHOST:8081"}) {
      assertThat(send("PATCH", "pools/default/backends/" + name, "{\"weight\": 5}").statusCode())
          .isEqualTo(200);
    }
    String written = URLEncoder.encode("[0:0:0:0:0:0:0:1]:8082", UTF_8);
    assertThat(send("GET", "connections?backend=" + written, "").statusCode()).isEqualTo(200);
    HttpResponse<String> removed = send("DELETE", "pools/default/backends/" + written, "");
    assertThat(removed.statusCode()).isEqualTo(202);
    assertThat(new JsonObject(removed.body()).getString("name")).isEqualTo("[::1]:8082");
  }

  @Test
  void aKeyThatStandsTwiceInABodyIsNamed() throws Exception {
    HttpResponse<String> answer =
        send("PATCH", "pools/default/backends/10.0.0.1:80", "{\"weight\": 1, \"weight\": 2}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Duplicate field 'weight'");
  }

  @Test
  void aPlanSaysWhichKeysHaveNoEffect() throws Exception {
    JsonObject plan = plan(toml("127.0.0.1:0") + "[timeouts]\nidle = \"9m\"\n");
    assertThat(plan.getBoolean("changed")).isFalse();
    assertThat(plan.getJsonArray("hidden"))
        .containsExactly(body("key", "timeouts.idle").put("by", "-conf overrides.timeouts.idle"));
    assertThat(plan("\uFEFF" + toml("127.0.0.1:0")).getJsonArray("hidden")).isEmpty();
    HttpRequest reload = request("POST", "config/plan", "{\"reload\": true}".getBytes(UTF_8));
    assertThat(sent(reload).body()).contains("\"hidden\":[]");
  }

  @Test
  void aPlanChecksKeysThatHaveNoEffect() throws Exception {
    String toml = toml("127.0.0.1:0") + "[timeouts]\nidle = \"nine\"\nidles = \"9m\"\n";
    HttpResponse<String> answer = send("POST", "config/plan", toml);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("timeouts.idle", "found the string \\\"nine\\\"")
        .contains("timeouts.idles", "unknown key; did you mean 'idle'?");
  }

  @Test
  void aPlanOfUtf16IsSaidToBeSo() throws Exception {
    HttpResponse<String> answer =
        sent(request("POST", "config/plan", toml("127.0.0.1:0").getBytes(UTF_16LE)));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("the body is UTF-16 text; save it as UTF-8");
  }

  private void assertRefused(String path, JsonObject body) throws Exception {
    HttpResponse<String> answer = send("POST", path, body.encode());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("at most 255 bytes");
  }

  private HttpResponse<String> add(String address) throws Exception {
    return send("POST", "pools/default/backends", body("address", address).encode());
  }

  private JsonObject plan(String toml) throws Exception {
    HttpResponse<String> answer = send("POST", "config/plan", toml);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return sent(request(method, path, body.getBytes(UTF_8)));
  }

  private HttpRequest request(String method, String path, byte[] body) {
    boolean json = body.length > 0 && body[0] == '{';
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/api/v1/" + path))
        .header("Content-Type", json ? "application/json" : "application/toml")
        .method(method, BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpResponse<String> sent(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  private static JsonObject body(String key, String value) {
    return new JsonObject().put(key, value);
  }

  private String toml(String listener) {
    return """
        [listener]
        address = "%s"
        [admin]
        address = "127.0.0.1:%d"
        [health.active]
        enabled = false
        [[backends]]
        address = "10.0.0.1:80"
        """
        .formatted(listener, adminPort);
  }
}
