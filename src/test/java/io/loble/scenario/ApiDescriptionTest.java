package io.loble.scenario;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.CertificateFiles;
import io.loble.config.keys.LobleKeys;
import io.loble.config.schema.SchemaCheck;
import io.loble.control.ProcessStatus;
import io.loble.model.HostPort;
import io.loble.proxy.ListenerRegistry;
import io.loble.tls.CertificateDirectory;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a running balancer answers is what its description of itself says that it answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiDescriptionTest {

  private static final String FILE =
      """
      [admin]
      address = "127.0.0.1:0"
      [[listeners]]
      name = "default"
      address = "127.0.0.1:0"
      [[listeners]]
      name = "tls"
      address = "127.0.0.1:0"
      [listeners.tls]
      certificates = [{ cert = "%3$s", key = "%4$s" }]
      [[listeners]]
      name = "www"
      address = "127.0.0.1:0"
      mode = "http"
      pool = "pages"
      [listeners.http]
      compression = true
      [[listeners.routes]]
      host = ["a.example"]
      path = "/api"
      strip_prefix = true
      pool = "default"
      [[listeners.routes]]
      header = { x-old = "*" }
      redirect = "https"
      [pools.default]
      backends = [
        { name = "one", address = "%1$s", weight = %2$d },
        { name = "down", address = "127.0.0.1:1" },
      ]
      [pools.pages]
      [pools.found.discover]
      dns = "localhost:1"
      [pools.encrypted]
      [pools.encrypted.tls]
      """;

  private static final String NEW_LISTENER =
      "{\"name\":\"n\",\"address\":\"127.0.0.1:0\",\"pool\":\"default\"}";

  private final Set<String> answered = new HashSet<>();
  private final Vertx servers = Vertx.vertx();
  private InProcess balancer;
  private Admin admin;
  private JsonObject document = new JsonObject();
  private Path file = Path.of("");
  private String backend = "";
  private CertificateFiles certificate = new CertificateFiles("", "", "");

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    file = directory.resolve("loble.toml");
    backend = EchoServer.start(servers).address();
    certificate = new CertificateDirectory(directory).write("own", leaf(AUTHORITY, "a.example"));
    Files.writeString(file, file(1));
    balancer = InProcess.start(file, "1h");
    admin = new Admin(ProcessStatus.of(balancer.vertx()).adminAddress().toString());
    document = new JsonObject(admin.get("/api/v1/openapi.json").body());
  }

  private String file(int weight) {
    return FILE.formatted(backend, weight, certificate.cert(), certificate.key());
  }

  @AfterAll
  void stop() {
    balancer.close();
    servers.close().await();
  }

  @Test
  void theListHasTheSameCalls() {
    JsonArray calls = new JsonObject(admin.get("/api/v1/").body()).getJsonArray("calls");

    Set<String> listed = new TreeSet<>();
    for (Object each : calls) {
      JsonObject call = (JsonObject) each;
      listed.add(call.getString("method") + ' ' + call.getString("path"));
      assertThat(call.getString("summary")).endsWith(".");
    }
    Set<String> described = new TreeSet<>();
    operations().forEach(operation -> described.add(operation.method() + ' ' + operation.path()));
    assertThat(listed).isEqualTo(described).hasSizeGreaterThan(25);
  }

  /** A key that is added to listeners has to be described with them. */
  @Test
  void aListenerHasTheKeysOfTheFile() {
    JsonObject schemas = document.getJsonObject("components").getJsonObject("schemas");
    List<String> keys = LobleKeys.LISTENER.names();
    assertThat(properties(schemas, "ListenerSettings")).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(properties(schemas, "Listener")).containsAll(keys);
    Set<String> changeable = new HashSet<>(keys);
    changeable.removeAll(Set.of("name", "address", "reuse_port", "v6only"));
    assertThat(properties(schemas, "ListenerChange"))
        .containsExactlyInAnyOrderElementsOf(changeable);
  }

  private static Set<String> properties(JsonObject schemas, String name) {
    return schemas.getJsonObject(name).getJsonObject("properties").fieldNames();
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references = new ArrayList<>();
    collect(document, references);
    assertThat(references).isNotEmpty().allSatisfy(r -> SchemaCheck.resolved(document, r));
  }

  @Test
  void everyAnswerIsAsDescribed() throws Exception {
    get("api.list", "");
    get("api.openapi", "openapi.json");
    get("status", "status");
    get("pool.list", "pools");
    get("pool.get", "pools/default");
    get("backend.list", "pools/default/backends");
    get("backend.get", "pools/default/backends/one");
    get("listener.list", "listeners");
    get("listener.get", "listeners/default");
    get("config.get", "config");
    get("config.versions", "config/versions");
    get("thread.list", "threads");
    send("profile", "profile?seconds=1", "");
    assertThat(admin.get("/api/v1/status.html").body()).startsWith("<!doctype html>");
    answered.add("status.page");
    configurations();
    changes();
    found();
    talks();
    events();
    await().atMost(60, TimeUnit.SECONDS).until(() -> slots() > 1);
    get("history", "history?range=1h");
    get("history", "history?range=5m&pool=default&backend=one&since=1");
    refusals();

    assertThat(answered)
        .containsExactlyInAnyOrderElementsOf(operations().map(Operation::id).toList());
  }

  private void configurations() throws IOException {
    Files.writeString(file, file(3));
    send("config.plan", "config/plan", "{\"reload\":true}", "application/json");
    send("config.plan", "config/plan", file(2), "application/toml");
    send("config.reload", "config/reload", "{\"reset\":true}");
    send("config.rollback", "config/rollback", "{}");
    get("status", "status");
  }

  private void changes() {
    send("pool.add", "pools", "{\"name\":\"web\",\"algorithm\":\"lc\",\"retries\":2}");
    send("pool.algorithm", "pools/web/algorithm", "{\"algorithm\":\"rr\"}");
    send("backend.add", "pools/web/backends", "{\"address\":\"127.0.0.1:2\",\"weight\":3}");
    send(
        "backend.update",
        "pools/web/backends/127.0.0.1:2",
        "{\"state\":\"drain\",\"timeout\":\"1s\"}");
    send("backend.eject", "pools/web/backends/127.0.0.1:2/eject", "{\"time\":\"1m\"}");
    send("backend.readmit", "pools/web/backends/127.0.0.1:2/readmit", "");
    send("backend.remove", "pools/web/backends/127.0.0.1:2?timeout=0s", "");
    send(
        "listener.add",
        "listeners",
        "{\"name\":\"w\",\"address\":\"127.0.0.1:0\",\"pool\":\"web\"}");
    send(
        "listener.update",
        "listeners/w",
        """
        {"pool": "", "max_connections": 9, "per_client": {"rate": "5/s"}, "tcp": {"keepalive": "9s"},
         "routes": [{"client": ["127.0.0.0/8"], "pool": "web"}]}""");
    send("listener.remove", "listeners/w", "");
    send("pool.remove", "pools/web?timeout=1s", "");
    send("pool.rebalance", "pools/default/rebalance", "{\"percent\":10,\"over\":\"1s\"}");
    get("config.get", "config");
  }

  /** What the hosts file of the system has of localhost. */
  private void found() {
    await().until(() -> !backends("found").isEmpty());
    String name = backends("found").getJsonObject(0).getString("name");
    send("backend.get", "pools/found/backends/" + name, "");
    send("backend.update", "pools/found/backends/" + name, "{\"weight\":7,\"priority\":1}");
    send("backend.update", "pools/found/backends/" + name, "{\"weight\":null,\"state\":null}");
    refused("backend.remove", "pools/found/backends/" + name, "", 409);
    get("status", "status");
  }

  private JsonArray backends(String pool) {
    return ((JsonObject) get("pool.get", "pools/" + pool)).getJsonArray("backends");
  }

  private void talks() throws IOException {
    get("explain", "explain?client=192.0.2.7&listener=default");
    get("explain", "explain?client=192.0.2.7&listener=tls&sni=a.example");
    get("explain", "explain?client=192.0.2.7&listener=www&host=a.example&path=/api&method=PUT");
    HostPort address = (HostPort) new ListenerRegistry(balancer.vertx()).entries().get(0).address();
    try (Socket client = new Socket(address.host(), address.port())) {
      client.getOutputStream().write('x');
      assertThat(client.getInputStream().read()).isEqualTo('x');
      JsonObject live = (JsonObject) get("connection.list", "connections?limit=10&pool=default");
      get("client.list", "clients?limit=10&client=127.0.0.0/8");
      String id = live.getJsonArray("connections").getJsonObject(0).getString("id");
      send("connection.close", "connections/" + id, "");
    }
  }

  private int slots() {
    JsonObject history = (JsonObject) get("history", "history");
    return history.getJsonArray("series").getJsonObject(0).getJsonArray("values").size();
  }

  private void events() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + admin.address() + "/api/v1/events"))
            .header("Last-Event-ID", "0")
            .build();
    HttpResponse<Stream<String>> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      lines
          .filter(line -> line.startsWith("data: "))
          .limit(5)
          .forEach(
              line ->
                  check("events", "text/event-stream", 200, Json.decodeValue(line.substring(6))));
    }
  }

  private void refusals() {
    refused("pool.get", "pools/nothing", "", 404);
    refused("history", "history?range=1y", "", 400);
    refused("config.plan", "config/plan", "[listener]\naddres = 1", 422);
    refused("backend.add", "pools/default/backends", "{\"address\":7}", 400);
    refused("pool.remove", "pools/default", "", 409);
    refused("listener.update", "listeners/nothing", "{\"burst\":1}", 404);
    refused("listener.update", "listeners/default", "{\"raet\":\"5/s\"}", 400);
    refused("listener.add", "listeners", NEW_LISTENER.replace("default", "nowhere"), 404);
  }

  private Object get(String operation, String target) {
    return send(operation, target, "");
  }

  private Object send(String operation, String target, String body) {
    return send(operation, target, body, "application/json");
  }

  /** Both what is sent and what is answered must be described. */
  private Object send(String id, String target, String body, String type) {
    Operation operation = operation(id);
    assertThat("/api/v1/" + target.replaceFirst("\\?.*", ""))
        .matches(operation.path().replaceAll("\\{\\w+}", "[^/]+"));
    operation.checkQuery(target);
    if (!body.isEmpty()) {
      JsonObject content = operation.json().getJsonObject("requestBody").getJsonObject("content");
      Object sent = type.equals("application/json") ? new JsonObject(body) : body;
      assertThat(errors(content.getJsonObject(type).getJsonObject("schema"), sent))
          .as(id)
          .isEmpty();
    }
    HttpResponse<String> response = exchange(operation, target, body, type);
    assertThat(response.statusCode()).as(response.body()).isLessThan(300);
    String contentType = response.headers().firstValue("content-type").orElse("");
    Object answer = contentType.equals("application/json") ? Json.decodeValue(response.body()) : "";
    check(id, contentType, response.statusCode(), answer);
    return answer;
  }

  private void refused(String id, String target, String body, int status) {
    HttpResponse<String> response = exchange(operation(id), target, body, "text/plain");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonObject responses = operation(id).json().getJsonObject("responses");
    assertThat(responses.containsKey(Integer.toString(status))).as("%s %d", id, status).isTrue();
    check(id, "application/problem+json", status, new JsonObject(response.body()));
  }

  private HttpResponse<String> exchange(
      Operation operation, String target, String body, String type) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + admin.address() + "/api/v1/" + target))
            .header("Content-Type", type)
            .method(operation.method(), HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(target, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void check(String id, String contentType, int status, Object answer) {
    answered.add(id);
    JsonObject responses = operation(id).json().getJsonObject("responses");
    JsonObject described = responses.getJsonObject(Integer.toString(status));
    assertThat(described).as("%s answers %d", id, status).isNotNull();
    if (described.containsKey("$ref")) {
      described = SchemaCheck.resolved(document, described.getString("$ref"));
    }
    JsonObject content = described.getJsonObject("content");
    assertThat(content.fieldNames()).as(id).contains(contentType);
    JsonObject schema = content.getJsonObject(contentType).getJsonObject("schema");
    if (schema != null && !id.equals("api.openapi")) {
      assertThat(errors(schema, answer)).as("%s: %s", id, answer).isEmpty();
    }
  }

  private List<String> errors(JsonObject schema, Object value) {
    return SchemaCheck.strictErrors(document, schema, value);
  }

  private Operation operation(String id) {
    return operations()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no operation is called " + id));
  }

  private Stream<Operation> operations() {
    return document.getJsonObject("paths").stream()
        .flatMap(
            path ->
                ((JsonObject) path.getValue())
                    .stream()
                        .map(
                            operation ->
                                new Operation(
                                    operation.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    (JsonObject) operation.getValue())));
  }

  /** What the document says of a call. */
  private record Operation(String method, String path, JsonObject json) {

    String id() {
      return json.getString("operationId");
    }

    void checkQuery(String target) {
      int query = target.indexOf('?');
      if (query >= 0) {
        List<String> known =
            json.getJsonArray("parameters").stream()
                .map(JsonObject.class::cast)
                .filter(parameter -> parameter.getString("in").equals("query"))
                .map(parameter -> parameter.getString("name"))
                .toList();
        assertThat(target.substring(query + 1).split("&", -1))
            .allSatisfy(each -> assertThat(known).contains(each.split("=", -1)[0]));
      }
    }
  }

  private static void collect(Object json, List<String> references) {
    if (json instanceof JsonObject object) {
      object.forEach(
          member -> {
            if (member.getKey().equals("$ref")) {
              references.add((String) member.getValue());
            }
            collect(member.getValue(), references);
          });
    } else if (json instanceof JsonArray array) {
      array.forEach(item -> collect(item, references));
    }
  }
}
