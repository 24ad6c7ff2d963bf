package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.loble.model.Algorithm;
import io.loble.model.HostPort;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a client, and what the client then gets, through the front door. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Set<Algorithm> CHANCE = Set.of(Algorithm.RANDOM, Algorithm.P2C);
  private static final String BALANCER =
      """
      {"health": {"failure_threshold": 1, "success_threshold": 1,
                  "active": {"interval": "100ms", "timeout": "1s"}}}
      """;

  private Testbed bed;

  @BeforeAll
  void start() throws ConfigException {
    bed = Testbed.start(TestbedPlan.of(3).withBalancer(new JsonObject(BALANCER)));
  }

  @AfterAll
  void close() {
    bed.close();
  }

  @ParameterizedTest
  @EnumSource
  void theClientGetsWhatWasSaid(Algorithm choice) throws IOException {
    String algorithm = choice.label();
    bed.algorithm(algorithm);
    List<Socket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        JsonObject said = explain("127.0.0.1");
        assertThat(said.getString("algorithm")).isEqualTo(algorithm);
        assertThat(said.getBoolean("certain")).isEqualTo(!CHANCE.contains(choice));
        held.add(talked(bed.address()));
        String got = newest();
        if (said.getBoolean("certain")) {
          assertThat(got).isEqualTo(said.getString("backend"));
        }
        assertThat(objects(said, "candidates"))
            .hasSize(3)
            .anyMatch(c -> c.getString("name").equals(got) && c.getDouble("chance") > 0);
      }
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
    bed.await(SOON, figures -> figures.backends().stream().allMatch(b -> b.active() == 0));
  }

  @Test
  void whoIsLeftOutIsSaidWithTheReason() {
    bed.algorithm("source_hash");
    Instant begin = Instant.now().minusMillis(1);
    bed.server("server-1").kill();
    bed.drain("server-2");
    bed.command(
        new JsonObject()
            .put("command", "backend.update")
            .put("name", "server-3")
            .put("state", "maintenance"));
    bed.await(SOON, figures -> figures.backend("server-1").state().equals("unhealthy"));

    JsonObject said = explain("10.0.0.7");

    assertThat(said.getString("backend")).isNull();
    assertThat(said.getString("rejected")).isEqualTo("no_backend");
    assertThat(objects(said, "candidates")).isEmpty();
    assertThat(objects(said, "left_out"))
        .extracting(left -> left.getString("name") + " " + left.getString("reason"))
        .containsExactly("server-1 unhealthy", "server-2 draining", "server-3 maintenance");
    assertThat(objects(said, "left_out"))
        .allMatch(left -> Instant.parse(left.getString("since")).isAfter(begin));
    assertThat(objects(said, "left_out").get(0).getString("detail")).contains("refused");
    assertThat(bed.status().encode()).contains("\"why\":\"probe: ");
    bed.ready("server-2");
    bed.ready("server-3");
    bed.restore();
    assertThat(objects(explain("10.0.0.7"), "candidates")).hasSize(3);
  }

  @Test
  void howTheConnectionToTheBackendWouldBeginIsSaid() {
    assertThat(explain("10.0.0.7").getString("send_proxy")).isEqualTo("off");
    assertThat(explain("10.0.0.7").getJsonArray("source")).isEmpty();
    JsonObject pool =
        new JsonObject()
            .put("command", "pool.add")
            .put("name", "told")
            .put("send_proxy", "v2")
            .put("source", new JsonArray().add("127.0.0.2").add("::1"));
    JsonObject added = bed.command(pool);
    assertThat(added.getString("send_proxy")).isEqualTo("v2");
    assertThat(added.getJsonArray("source")).containsExactly("127.0.0.2", "::1");
    JsonObject listener =
        new JsonObject()
            .put("command", "listener.add")
            .put("name", "told")
            .put("address", "127.0.0.1:0")
            .put("pool", "told");
    bed.command(listener);
    assertThat(explain("10.0.0.7&listener=told").getString("send_proxy")).isEqualTo("v2");
    bed.command(new JsonObject().put("command", "listener.remove").put("name", "told"));
    bed.command(new JsonObject().put("command", "pool.remove").put("pool", "told"));
  }

  @Test
  void theEventBusSaysTheSame() {
    bed.algorithm("source_hash");
    JsonObject command = new JsonObject().put("command", "explain").put("client", "10.1.2.3");
    assertThat(bed.command(command)).isEqualTo(explain("10.1.2.3"));
    assertThatThrownBy(() -> bed.command(new JsonObject().put("command", "explain")))
        .isInstanceOf(ReplyException.class)
        .hasMessage("client: missing; expected a string");
  }

  @Test
  void theRouteIsSaidAndWhy() {
    bed.algorithm("source_hash");
    JsonObject listener =
        new JsonObject(
            """
            {"command": "listener.add", "name": "edge", "address": "127.0.0.1:0", "pool": "",
             "routes": [{"sni": ["*.example.com"], "alpn": ["h2"], "pool": "default"},
                        {"client": ["10.0.0.0/8"], "pool": "default"}]}
            """);
    assertThat(bed.command(listener).getJsonArray("routes")).hasSize(2);
    try {
      String ofEdge = "192.0.2.7&listener=edge";
      JsonObject named = explain(ofEdge + "&sni=A.example.COM.&alpn=http/1.1,h2");
      assertThat(named.getInteger("route")).isZero();
      assertThat(named.getString("route_why")).isEqualTo("sni *.example.com, alpn h2");
      assertThat(named.getString("pool")).isEqualTo("default");
      assertThat(named.getString("sni")).isEqualTo("a.example.com");
      assertThat(objects(named, "candidates")).isNotEmpty();

      JsonObject inside = explain("10.1.2.3&listener=edge&sni=example.com");
      assertThat(inside.getInteger("route")).isEqualTo(1);
      assertThat(inside.getString("route_why")).isEqualTo("client 10.0.0.0/8");

      JsonObject nowhere = explain(ofEdge);
      assertThat(nowhere.getValue("route")).isNull();
      assertThat(nowhere.getString("route_why")).isEqualTo("no route takes it");
      assertThat(nowhere.getString("pool")).isNull();
      assertThat(nowhere.getString("rejected")).isEqualTo("no_route");
    } finally {
      bed.command(new JsonObject().put("command", "listener.remove").put("name", "edge"));
    }
    JsonObject plain = explain("192.0.2.7");
    assertThat(plain.getString("route_why")).isNull();
    assertThat(plain.getString("pool")).isEqualTo("default");
  }

  @Test
  void theRouteOfARequestIsSaidAndWhy() {
    bed.algorithm("source_hash");
    JsonObject listener =
        new JsonObject(
            """
            {"command": "listener.add", "name": "web", "address": "127.0.0.1:0", "pool": "",
             "mode": "http", "routes": [
               {"path": "/old", "redirect": "https"},
               {"path": "/", "method": ["POST"], "pool": "default"},
               {"host": ["*.example.com"], "path": "/api/", "pool": "default", "strip_prefix": true},
               {"host": ["*.example.com"], "header": {"x-new": "*"}, "pool": "default"}]}
            """);
    bed.command(listener);
    try {
      String ofWeb = "192.0.2.7&listener=web";
      JsonObject api = explain(ofWeb + "&host=A.Example.com:8080&path=/api/x?y=1");
      assertThat(api.getString("method")).isEqualTo("GET");
      assertThat(api.getString("host")).isEqualTo("a.example.com");
      assertThat(api.getString("path")).isEqualTo("/api/x");
      assertThat(api.getInteger("route")).isEqualTo(2);
      assertThat(api.getString("route_why")).isEqualTo("host *.example.com, path /api");
      assertThat(api.getString("backend_path")).isEqualTo("/x");
      assertThat(api.getString("backend"))
          .isEqualTo(explain("192.0.2.7&listener=default").getString("backend"));

      assertThat(explain(ofWeb + "&method=POST").getString("route_why"))
          .isEqualTo("path /, method POST");
      JsonObject old = explain(ofWeb + "&path=/old/x");
      assertThat(old.getString("redirect")).isEqualTo("https");
      assertThat(old.getValue("rejected")).isNull();
      assertThat(old.getValue("backend")).isNull();
      assertThat(old.getValue("backend_path")).isNull();
      JsonObject nowhere = explain(ofWeb + "&host=a.example.com&path=/apix");
      assertThat(nowhere.getString("path")).isEqualTo("/apix");
      assertThat(nowhere.getString("route_why")).isEqualTo("no route takes it");
      assertThat(nowhere.getString("rejected")).isEqualTo("no_route");

      Asked noPath = Asked.of(bed.adminAddress(), "GET", "explain?client=::1&listener=web&path=x");
      assertThat(noPath.body().getString("detail"))
          .isEqualTo("path: expected a path such as /api/users, found the string \"x\"");
    } finally {
      bed.command(new JsonObject().put("command", "listener.remove").put("name", "web"));
    }
  }

  @Test
  void whatCannotBeAnsweredIsRefused() {
    Asked request = Asked.of(bed.adminAddress(), "GET", "explain?client=::1&host=a.example");
    assertThat(request.status()).isEqualTo(400);
    assertThat(request.body().getString("detail"))
        .isEqualTo("host: the listener default balances connections, not requests");
    Asked noAddress = Asked.of(bed.adminAddress(), "GET", "explain?client=example.com");
    assertThat(noAddress.status()).isEqualTo(400);
    assertThat(noAddress.body().getString("detail"))
        .isEqualTo(
            "client: expected an IP address such as 10.0.0.7, found the string \"example.com\"");
    Asked noListener = Asked.of(bed.adminAddress(), "GET", "explain?client=::1&listener=x");
    assertThat(noListener.status()).isEqualTo(404);
    assertThat(noListener.body().getString("detail"))
        .isEqualTo("no listener is called \"x\"; known: default");
  }

  private JsonObject explain(String client) {
    Asked asked = Asked.of(bed.adminAddress(), "GET", "explain?client=" + client);
    assertThat(asked.status()).isEqualTo(200);
    return asked.body();
  }

  /** The backend of the connection that was made last. */
  private String newest() {
    JsonArray live =
        Asked.of(bed.adminAddress(), "GET", "connections").body().getJsonArray("connections");
    return live.getJsonObject(live.size() - 1).getString("backend");
  }

  private static List<JsonObject> objects(JsonObject json, String key) {
    return json.getJsonArray(key).stream().map(JsonObject.class::cast).toList();
  }

  /** A client that has had an answer, so that its backend has it. */
  private static Socket talked(HostPort address) throws IOException {
    Socket socket = new Socket(address.host(), address.port());
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write("PING 1\n".getBytes(StandardCharsets.US_ASCII));
    BufferedReader answers =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    assertThat(answers.readLine()).startsWith("PONG");
    return socket;
  }
}
