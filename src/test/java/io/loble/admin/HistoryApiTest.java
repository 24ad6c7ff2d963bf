package io.loble.admin;

import static io.loble.admin.SampleHistory.numbers;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.model.ConnectFailure;
import io.loble.model.ListenerStats;
import io.loble.model.Rejection;
import io.loble.model.RequestCounters;
import io.loble.upstream.Events;
import io.loble.upstream.Events.Event;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the counters of a balancer did is seen afterwards. */
class HistoryApiTest {

  /** What is asked for, and the series in its answer. */
  private record Seen(String query, String name) {}

  private final SampleHistory sample = new SampleHistory();

  @AfterEach
  void close() {
    sample.close();
  }

  @Test
  void whatWasCountedIsSeenOfTheProcessTheListenerThePoolAndTheBackend() {
    Map<Seen, Runnable> first =
        Map.of(
            new Seen("range=5m", "accepted"),
            sample.main()::accepted,
            new Seen("range=5m&pool=web", "connections"),
            () -> sample.one().counters().connected(2_000_000),
            new Seen("range=5m&pool=web&backend=one", "bytes_to_backend"),
            () -> sample.one().counters().addBytesToBackend(1_000));
    Map<Seen, Runnable> then =
        Map.of(
            new Seen("range=5m&listener=main", "rejected_no_backend"),
            () -> sample.main().rejected(Rejection.NO_BACKEND),
            new Seen("range=5m&pool=web", "failures"),
            () -> sample.one().counters().connectFailed(ConnectFailure.REFUSED),
            new Seen("range=5m&backend=one", "bytes_to_client"),
            () -> sample.one().counters().addBytesToClient(50_000));
    awaitCounted(first);
    assertThat(then.keySet()).noneMatch(this::isSeen);
    awaitCounted(then);
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
    ListenerStats edge = sample.balancer().httpListener("edge", "127.0.0.1:9080", "web");
    RequestCounters web = sample.balancer().stats("web").requests();
    await().atMost(60, SECONDS).until(() -> history("range=5m").encode().contains("requests"));
    awaitCounted(
        Map.of(
            new Seen("range=5m&pool=web", "requests"),
            () -> web.count(200, 7_000_000),
            new Seen("range=5m&pool=web&backend=one", "requests_5xx"),
            () -> sample.one().requests().count(502, 1)));

    assertThat(numbers(history("range=5m&pool=web"), "request_p50"))
        .filteredOn(Objects::nonNull)
        .isNotEmpty()
        .allSatisfy(millis -> assertThat(millis.doubleValue()).isBetween(5.0, 10.0));
    assertThat(numbers(history("range=5m"), "requests"))
        .filteredOn(Objects::nonNull)
        .allSatisfy(rate -> assertThat(rate.doubleValue()).isZero());
    Runnable count = () -> edge.requests().count(503, 1);
    awaitCounted(
        Map.of(
            new Seen("range=5m&listener=edge", "requests_5xx"),
            count,
            new Seen("range=5m", "requests_5xx"),
            count));
    assertThat(history("range=5m&listener=main").encode()).doesNotContain("requests");
  }

  @Test
  void eventsAreThereWithTheirTime() {
    long before = System.currentTimeMillis();
    new Events(sample.vertx())
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

  private JsonObject history(String query) {
    return sample.history(query);
  }

  private JsonArray events(String query) {
    return history(query).getJsonArray("events");
  }

  private boolean isSeen(Seen series) {
    return sample.hasCounted(series.query(), series.name());
  }

  /** Counts all of these again and again, until each is seen. */
  private void awaitCounted(Map<Seen, Runnable> counts) {
    await()
        .atMost(60, SECONDS)
        .until(
            () -> {
              counts.values().forEach(Runnable::run);
              return counts.keySet().stream().allMatch(this::isSeen);
            });
  }

  private static double last(JsonObject history, String name) {
    List<Number> numbers = numbers(history, name);
    return numbers.get(numbers.size() - 1).doubleValue();
  }
}
