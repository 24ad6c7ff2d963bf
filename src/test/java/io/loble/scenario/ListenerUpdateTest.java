package io.loble.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.control.ProcessStatus;
import io.loble.model.Address;
import io.loble.model.HostPort;
import io.loble.proxy.ListenerRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A running listener is changed by command, and its file lives with that. */
class ListenerUpdateTest {

  private static final String MINE = "[{\"client\": [\"127.0.0.0/8\"], \"pool\": \"two\"}]";

  private Server one;
  private Server two;
  private ConfigFile file;
  private InProcess balancer;
  private Faces faces;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    one = saying("1");
    two = saying("2");
    file = ConfigFile.create(directory, toml("burst = 5", "5m"));
    balancer = InProcess.start(file.path(), "1h");
    faces = new Faces(balancer.vertx(), ProcessStatus.of(balancer.vertx()).adminAddress().port());
  }

  @AfterEach
  void stop() throws IOException {
    balancer.close();
    one.close();
    two.close();
  }

  @Test
  void newClientsFollowItsRoutesAndPoolAndOpenOnesStay() throws IOException {
    try (Socket open = client()) {
      assertThat(word(open)).isEqualTo("1");
      JsonObject listener = http(update("routes", new JsonArray(MINE)));
      assertThat(listener.getJsonArray("routes").getJsonObject(0).getString("pool"))
          .isEqualTo("two");
      assertThat(nextGoesTo()).isEqualTo("2");
      bus(update("routes", new JsonArray()));
      assertThat(nextGoesTo()).isEqualTo("1");
      bus(update("pool", "two"));
      assertThat(nextGoesTo()).isEqualTo("2");
      http(update("pool", ""));
      assertThat(nextIsRefusedFor("no_route")).isTrue();
      assertThat(word(open)).isEqualTo("1");
    }
    assertThat(version()).isEqualTo(5);
  }

  @Test
  void newClientsAreRefusedForTheReasonThatIsSet() throws IOException {
    http(update("deny", JsonArray.of("127.0.0.0/8")));
    assertThat(nextIsRefusedFor("denied")).isTrue();
    bus(update("deny", new JsonArray(), "max_connections", 1));
    assertAllButOneAreRefusedFor("listener_limit");
    bus(update("max_connections", 0, "per_client", new JsonObject().put("max_connections", 1)));
    assertAllButOneAreRefusedFor("client_limit");
    http(update("per_client", new JsonObject().put("max_connections", 0), "burst", 1));
    bus(update("rate", "1/h"));
    assertAllButOneAreRefusedFor("rate");
  }

  /** Only those are counted that come once there is a limit. */
  private void assertAllButOneAreRefusedFor(String reason) throws IOException {
    try (Socket open = client()) {
      assertThat(word(open)).isEqualTo("1");
      assertThat(nextIsRefusedFor(reason)).isTrue();
      assertThat(word(open)).isEqualTo("1");
    }
  }

  @Test
  void whatIsNotGivenStaysAndWhatIsInForceIsShown() {
    http(update("per_client", new JsonObject().put("rate", "9/s").put("prefix4", 24)));
    http(update("per_client", new JsonObject().put("rate", "8/s"), "sniff_timeout", "1s"));
    http(update("tcp", new JsonObject().put("user_timeout", "7s"), "bandwidth", "1MiB/s"));
    http(update("accept_proxy", "required", "accept_proxy_from", JsonArray.of("192.0.2.0/24")));

    JsonObject listener = http(Call.of("listener.get", "name", "edge"));
    assertThat(listener.getInteger("burst")).isEqualTo(5);
    assertThat(listener.getJsonObject("per_client"))
        .isEqualTo(
            new JsonObject(
                """
                {"max_connections": 0, "rate": "8/s", "burst": 0, "prefix4": 24, "prefix6": 64}"""));
    assertThat(listener.getJsonObject("tcp"))
        .isEqualTo(new JsonObject().put("keepalive", "1m30s").put("user_timeout", "7s"));
    assertThat(listener.getString("sniff_timeout")).isEqualTo("1s");
    assertThat(listener.getString("bandwidth")).isEqualTo("1MiB/s");
    assertThat(listener.getString("accept_proxy")).isEqualTo("required");
    assertThat(listener.getJsonArray("accept_proxy_from")).containsExactly("192.0.2.0/24");
    assertThat(listener.getString("starttls")).isEqualTo("off");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"rote\": \"5/s\"}|400|rote: unknown key; did you mean 'rate'?",
        "{\"burst\": 9, \"rate\": \"5\"}|400|rate: 5: expected a number per time such as",
        "{\"per_client\": {\"prefix4\": 33}}|400|per_client.prefix4: expected an integer from 0",
        "{\"deny\": [\"10.0.0.0/8\"], \"allow\": [\"10.0.0.0/8\"]}|400|deny: 10.0.0.0/8 is in allow",
        "{\"routes\": [{\"pool\": \"two\", \"sin\": []}]}|400|routes[0].sin: unknown key",
        "{\"routes\": [{\"sni\": [\"a.example\"]}]}|400|routes[0].pool: missing; expected",
        "{\"pool\": \"tow\"}|404|no pool is called \"tow\"; known: one, two",
        "{\"routes\": [{\"pool\": \"tow\"}]}|404|no pool is called \"tow\"; known: one, two",
        "{\"deny_file\": \"no/such\"}|409|listener 'edge': deny_file: no/such: no such file",
        "{\"address\": \"127.0.0.1:1\"}|400|address: cannot be changed without opening",
        "{\"reuse_port\": true}|400|reuse_port: cannot be changed without opening the listener anew",
        "{\"v6only\": true}|400|v6only: cannot be changed without opening the listener anew",
        "{}|400|nothing to change; give a key of a listener",
      })
  void aChangeThatCannotBeMadeChangesNothing(String changes, int status, String why)
      throws IOException {
    String before = config();
    Call call = new Call("listener.update", new JsonObject(changes).put("name", "edge"));
    assertThat(faces.overHttp(call)).satisfies(answer -> isRefused(answer, status, why));
    assertThat(faces.overBus(call)).satisfies(answer -> isRefused(answer, status, why));
    assertThat(config()).isEqualTo(before);
    assertThat(version()).isEqualTo(1);
    assertThat(nextGoesTo()).isEqualTo("1");
  }

  @Test
  void aListenerThatIsNotThereIsNotFound() {
    Call call = Call.of("listener.update", "name", "egde", "burst", 1);
    isRefused(faces.overBus(call), 404, "no listener is called \"egde\"; known: edge");
    isRefused(faces.overHttp(call), 404, "no listener is called \"egde\"; known: edge");
  }

  @Test
  void itIsAVersionLikeEveryOther() throws IOException {
    http(update("routes", new JsonArray(MINE), "burst", 5));
    assertThat(version()).isEqualTo(2);
    http(update("routes", new JsonArray(MINE)));
    assertThat(version()).as("nothing was changed").isEqualTo(2);
    JsonObject newest =
        faces.overBus(Call.of("config.versions")).body().getJsonArray("versions").getJsonObject(0);
    assertThat(newest.getString("what")).isEqualTo("listener.update listener edge");
    assertThat(newest.getJsonArray("changes").getString(0)).startsWith("~ listener edge: routes");
    assertThat(differing()).containsExactly("routes");

    bus(Call.of("config.rollback"));
    assertThat(nextGoesTo()).isEqualTo("1");
    assertThat(differing()).isEmpty();
    bus(Call.of("config.rollback"));
    assertThat(nextGoesTo()).isEqualTo("2");
  }

  @Test
  void itIsAnEventAndAPlanOfTheFileKnowsIt() {
    List<JsonObject> events = new CopyOnWriteArrayList<>();
    balancer
        .vertx()
        .eventBus()
        .<JsonObject>consumer("loble.events", message -> events.add(message.body()))
        .completion()
        .await();
    http(update("rate", "9/s"));
    await().atMost(10, SECONDS).until(() -> !events.isEmpty());
    JsonObject event = events.get(0);
    assertThat(event.getString("type")).isEqualTo("listener.update");
    assertThat(event.getString("who")).startsWith("http 127.0.0.1");
    assertThat(event.getString("what")).isEqualTo("listener edge");
    assertThat(event.getJsonObject("before").getString("rate")).isEmpty();
    assertThat(event.getJsonObject("after").getString("rate")).isEqualTo("9/s");

    JsonObject reload = bus(Call.of("config.plan", "reload", true));
    assertThat(reload.getBoolean("changed")).isFalse();
    JsonObject reset = bus(Call.of("config.plan", "reload", true, "reset", true));
    JsonObject step = reset.getJsonArray("steps").getJsonObject(0);
    assertThat(step.getString("text")).startsWith("~ listener edge: rate");
    assertThat(step.getString("connections")).isEqualTo("none");
  }

  @Test
  void itHoldsUntilTheFileChangesThatListener() throws IOException {
    http(update("routes", new JsonArray(MINE)));
    bus(Call.of("config.reload"));
    assertThat(nextGoesTo()).isEqualTo("2");

    file.rename(toml("burst = 5", "6m"));
    bus(Call.of("config.reload"));
    assertThat(nextGoesTo()).as("the file changed something else").isEqualTo("2");

    file.rename(toml("burst = 6", "6m"));
    bus(Call.of("config.reload"));
    assertThat(nextGoesTo()).isEqualTo("1");
    assertThat(differing()).isEmpty();
  }

  @Test
  void aListenerIsAddedWithTheSameKeys() throws IOException {
    JsonObject keys =
        new JsonObject(
            """
            {"name": "late", "address": "127.0.0.1:0", "pool": "",
             "reuse_port": false, "tcp": {"keepalive": "9s"}, "backlog": 9, "v6only": false,
             "bandwidth": "2MiB/s", "allow": ["127.0.0.0/8"], "deny": ["192.0.2.0/24"],
             "allow_file": "", "deny_file": "", "max_connections": 9, "rate": "90/s", "burst": 9,
             "per_client": {"max_connections": 8}, "accept_proxy": "off",
             "accept_proxy_from": ["192.0.2.1"], "sniff_timeout": "2s", "starttls": "postgres",
             "routes": [{"client": ["127.0.0.1"], "pool": "two"}]}""");
    JsonObject added = http(new Call("listener.add", keys));
    assertThat(added.getInteger("backlog")).isEqualTo(9);
    assertThat(added.getString("starttls")).isEqualTo("postgres");
    assertThat(added.getString("rate")).isEqualTo("90/s");
    assertThat(added.fieldNames()).containsAll(keys.fieldNames());
  }

  private static void isRefused(Answer answer, int status, String why) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    assertThat(answer.body().getString("detail")).startsWith(why);
  }

  private static Call update(Object... namesAndValues) {
    Call call = Call.of("listener.update", namesAndValues);
    call.arguments().put("name", "edge");
    return call;
  }

  private JsonObject http(Call call) {
    return done(faces.overHttp(call));
  }

  private JsonObject bus(Call call) {
    return done(faces.overBus(call));
  }

  private static JsonObject done(Answer answer) {
    assertThat(answer.done()).as("%s", answer.body()).isTrue();
    return answer.body();
  }

  private String nextGoesTo() throws IOException {
    try (Socket next = client()) {
      return word(next);
    }
  }

  /** Whether the next client is turned away, and counted so. */
  private boolean nextIsRefusedFor(String reason) {
    long before = rejected(reason);
    try (Socket next = client()) {
      if (!word(next).isEmpty()) {
        return false;
      }
    } catch (IOException e) {
      // A reset.
    }
    await().atMost(10, SECONDS).until(() -> rejected(reason) == before + 1);
    return true;
  }

  private long rejected(String reason) {
    return listener().getJsonObject("rejected_by").getLong(reason);
  }

  private JsonObject listener() {
    return bus(Call.of("status")).getJsonArray("listeners").getJsonObject(0);
  }

  private long version() {
    return bus(Call.of("status")).getJsonObject("config").getLong("version");
  }

  private String config() {
    return bus(Call.of("config.get")).getString("toml");
  }

  private List<@Nullable String> differing() {
    return bus(Call.of("status")).getJsonObject("config").getJsonArray("differs").stream()
        .map(step -> ((JsonObject) step).getString("key"))
        .toList();
  }

  private Socket client() throws IOException {
    Address address = new ListenerRegistry(balancer.vertx()).entries().get(0).address();
    return Ask.connect(((HostPort) address).port());
  }

  /** Asks for the word of the server; empty at the end of the connection. */
  private static String word(Socket socket) throws IOException {
    socket.getOutputStream().write('?');
    return new String(socket.getInputStream().readNBytes(1), US_ASCII);
  }

  /** Answers every byte with its word. */
  private static Server saying(String word) throws IOException {
    return Server.start(
        socket -> {
          while (socket.getInputStream().read() >= 0) {
            socket.getOutputStream().write(word.getBytes(US_ASCII));
          }
        });
  }

  private String toml(String key, String idle) {
    return """
        timeouts.idle = "%s"
        health.active.enabled = false
        tcp.keepalive = "90s"
        [admin]
        address = "127.0.0.1:0"
        [[listeners]]
        name = "edge"
        address = "127.0.0.1:0"
        pool = "one"
        %s
        [[pools.one.backends]]
        address = "127.0.0.1:%d"
        [[pools.two.backends]]
        address = "127.0.0.1:%d"
        """
        .formatted(idle, key, one.port(), two.port());
  }
}
