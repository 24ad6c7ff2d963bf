package io.loble.admin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.control.SampleBalancer;
import io.loble.model.Algorithm;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.ConnectFailure;
import io.loble.model.HostPort;
import io.loble.model.ListenerStats;
import io.loble.model.Rejection;
import io.loble.model.RequestCounters;
import io.loble.upstream.Events;
import io.loble.upstream.Events.Event;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the counters of a balancer did is seen afterwards, over HTTP and over the event bus. */
class HistoryApiTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  @TempDir private Path directory = Path.of("");
  private final Vertx vertx = Vertx.vertx();
  private final SampleBalancer sample = new SampleBalancer(vertx);
  private HostPort server = ANY;
  private ListenerStats main = new ListenerStats();
  private BackendStats one = new BackendStats();

  @BeforeEach
  void start() {
    main = sample.listener("main", "127.0.0.1:9000", "web");
    sample.pool("web", Algorithm.ROUND_ROBIN);
    one = sample.backend("web", "one", "10.0.0.1:8080", 1, BackendState.HEALTHY);
    sample.backend("web", "two", "10.0.0.2:8080", 1, BackendState.UNHEALTHY);
    sample.publish(1);
    server = started("");
    // The first sample is what later ones are compared with.
    awaitSeries("range=5m", "accepted", 1);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void whatWasCountedIsSeenOfTheProcessTheListenerThePoolAndTheBackend() {
    awaitCounted("range=5m", "accepted", main::accepted);
    awaitCounted(
        "range=5m&listener=main", "rejected_no_backend", () -> main.rejected(Rejection.NO_BACKEND));
    awaitCounted("range=5m&pool=web", "connections", () -> one.counters().connected(2_000_000));
    awaitCounted(
        "range=5m&pool=web",
        "failures",
        () -> one.counters().connectFailed(ConnectFailure.REFUSED));
    awaitCounted(
        "range=5m&pool=web&backend=one",
        "bytes_to_backend",
        () -> one.counters().addBytesToBackend(1_000));
    awaitCounted(
        "range=5m&backend=one", "bytes_to_client", () -> one.counters().addBytesToClient(50_000));
    assertThat(numbers(history("range=5m&backend=two"), "connections"))
        .isNotEmpty()
        .allSatisfy(rate -> assertThat(rate.doubleValue()).isZero());
    JsonObject pool = history("range=5m&pool=web");
    assertThat(last(pool, "usable")).isEqualTo(1);
    assertThat(last(pool, "backends")).isEqualTo(2);
    assertThat(last(history("range=5m&listener=main"), "active")).isPositive();
    assertThat(numbers(pool, "connect_p50"))
        .filteredOn(Objects::nonNull)
        .isNotEmpty()
        .allSatisfy(millis -> assertThat(millis.doubleValue()).isBetween(1.0, 2.5));
  }

  @Test
  void requestsAreSeenWhereTheyAreBalancedAndOnceOfTheProcess() {
    assertThat(history("range=5m").encode()).doesNotContain("requests");
    ListenerStats edge = sample.httpListener("edge", "127.0.0.1:9080", "web");
    RequestCounters web = sample.stats("web").requests();
    await().atMost(60, SECONDS).until(() -> history("range=5m").encode().contains("requests"));
    awaitCounted("range=5m&pool=web", "requests", () -> web.count(200, 7_000_000));
    awaitCounted(
        "range=5m&pool=web&backend=one", "requests_5xx", () -> one.requests().count(502, 1));

    assertThat(numbers(history("range=5m&pool=web"), "request_p50"))
        .filteredOn(Objects::nonNull)
        .isNotEmpty()
        .allSatisfy(millis -> assertThat(millis.doubleValue()).isBetween(5.0, 10.0));
    assertThat(numbers(history("range=5m"), "requests"))
        .filteredOn(Objects::nonNull)
        .allSatisfy(rate -> assertThat(rate.doubleValue()).isZero());
    awaitCounted("range=5m&listener=edge", "requests_5xx", () -> edge.requests().count(503, 1));
    awaitCounted("range=5m", "requests_5xx", () -> edge.requests().count(503, 1));
    assertThat(history("range=5m&listener=main").encode()).doesNotContain("requests");
  }

  @ParameterizedTest
  @CsvSource({"5m, 1000", "1h, 10000", "1d, 60000"})
  void everyRangeHasItsStep(String range, long step) {
    JsonObject history = history("range=" + range);

    assertThat(history.getString("range")).isEqualTo(range);
    assertThat(history.getLong("step_ms")).isEqualTo(step);
    assertThat(history.getLong("start") % step).isZero();
    long slots = (history.getLong("end") - history.getLong("start")) / step;
    assertThat(slots).isPositive();
    for (Object series : history.getJsonArray("series")) {
      assertThat(((JsonObject) series).getJsonArray("values")).hasSize((int) slots);
    }
    assertThat(history.getLong("end") - System.currentTimeMillis()).isBetween(-10_000L, step);
  }

  @Test
  void eventsAreThereWithTheirTime() {
    long before = System.currentTimeMillis();
    new Events(vertx)
        .publish(
            new Event("backend.state", "health", "one", "healthy", "unhealthy"),
            new JsonObject().put("pool", "web").put("backend", "one").put("to", "unhealthy"));

    await().atMost(60, SECONDS).until(() -> events("range=1h").size() == 2);
    assertThat(events("range=1h").getJsonObject(0).getString("type")).isEqualTo("start");
    JsonObject event = events("range=1h").getJsonObject(1);
    assertThat(event.getString("backend")).isEqualTo("one");
    assertThat(event.getString("to")).isEqualTo("unhealthy");
    assertThat(event.getLong("at")).isBetween(before - 100, System.currentTimeMillis() + 100);
    assertThat(events("range=1h&since=" + (System.currentTimeMillis() + 5_000))).isEmpty();
  }

  @Test
  void whoHasTheRestAsksOnlyForWhatIsNew() {
    awaitSeries("range=5m", "accepted", 3);
    JsonObject all = history("range=5m");
    long since = all.getLong("end") - 1_000;

    JsonObject later = history("range=5m&since=" + since);

    assertThat(later.getLong("start")).isEqualTo(since);
    assertThat(numbers(later, "accepted").size()).isLessThan(numbers(all, "accepted").size());
  }

  @Test
  void theBusSaysTheSame() {
    JsonObject reply = bus(new JsonObject().put("range", "1d").put("pool", "web"));

    assertThat(reply.getString("pool")).isEqualTo("web");
    assertThat(reply.fieldNames()).isEqualTo(history("range=1d&pool=web").fieldNames());
    assertThatThrownBy(() -> bus(new JsonObject().put("range", "2h")))
        .isInstanceOfSatisfying(
            ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(400));
  }

  @ParameterizedTest
  @CsvSource({
    "range=2h, 400, 'range: expected one of 5m, 1h, 1d, found the string \"2h\"'",
    "since=soon, 400, 'since: expected an integer'",
    "listener=main&pool=web, 400, name one of them",
    "pool=wep, 404, 'there is no history of a pool \"wep\"; there is one of web'",
    "listener=x, 404, 'there is no history of a listener \"x\"; there is one of main'",
    "pool=web&backend=x, 404, there is one of",
    "step=1s, 400, unknown argument",
  })
  void whatCannotBeAnsweredIsSaid(String query, int status, String detail) {
    HttpResponse<String> response = Web.get(server, "/api/v1/history?" + query);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(Web.json(response).getString("detail")).contains(detail);
  }

  @Test
  void itIsAsGuardedAsTheStatus() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "s3cret");
    HostPort guarded = started(token.toString());

    assertThat(Web.get(guarded, "/api/v1/history").statusCode()).isEqualTo(401);
    assertThat(Web.get(guarded, "/api/v1/history", "Authorization", "Bearer s3cret").statusCode())
        .isEqualTo(200);
  }

  private HostPort started(String tokenFile) {
    AdminServer admin =
        Admins.server(vertx, "lb", new AdminConfig(ANY, tokenFile), new MetricsConfig(true, ANY));
    admin.start().await();
    return admin.address();
  }

  private JsonObject history(String query) {
    HttpResponse<String> response = Web.get(server, "/api/v1/history?" + query);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Web.json(response);
  }

  private JsonArray events(String query) {
    return history(query).getJsonArray("events");
  }

  private JsonObject bus(JsonObject arguments) {
    JsonObject request = arguments.put("command", "history");
    return (JsonObject) vertx.eventBus().request("loble.admin", request).await().body();
  }

  private void awaitSeries(String query, String name, int length) {
    await().atMost(60, SECONDS).until(() -> numbers(history(query), name).size() >= length);
  }

  /** Counts again and again, until that is seen. */
  private void awaitCounted(String query, String name, Runnable count) {
    await()
        .atMost(60, SECONDS)
        .until(
            () -> {
              count.run();
              return numbers(history(query), name).stream()
                  .anyMatch(rate -> rate != null && rate.doubleValue() > 0);
            });
  }

  private static double last(JsonObject history, String name) {
    List<Number> numbers = numbers(history, name);
    return numbers.get(numbers.size() - 1).doubleValue();
  }

  @SuppressWarnings("unchecked")
  private static List<Number> numbers(JsonObject history, String name) {
    return history.getJsonArray("series").stream()
        .map(JsonObject.class::cast)
        .filter(series -> series.getString("name").equals(name))
        .map(series -> (List<Number>) series.getJsonArray("values").getList())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + history.encode()));
  }
}
