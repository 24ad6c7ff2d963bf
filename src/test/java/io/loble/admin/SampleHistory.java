package io.loble.admin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.control.SampleBalancer;
import io.loble.model.Algorithm;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import io.loble.model.ListenerStats;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;

/** A balancer of which nothing runs, whose counters are kept and can be asked for. */
final class SampleHistory implements AutoCloseable {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  private final Vertx vertx = Vertx.vertx();
  private final SampleBalancer sample = new SampleBalancer(vertx);
  private final ListenerStats main;
  private final BackendStats one;
  private final HostPort server;

  /** Starts it. Its first sample is there, with which later ones are compared. */
  SampleHistory() {
    main = sample.listener("main", "127.0.0.1:9000", "web");
    sample.pool("web", Algorithm.ROUND_ROBIN);
    one = sample.backend("web", "one", "10.0.0.1:8080", 1, BackendState.HEALTHY);
    sample.backend("web", "two", "10.0.0.2:8080", 1, BackendState.UNHEALTHY);
    sample.publish(1);
    server = started("");
    awaitSeries("range=5m", "accepted", 1);
  }

  Vertx vertx() {
    return vertx;
  }

  SampleBalancer balancer() {
    return sample;
  }

  /** The counters of the listener {@code main}. */
  ListenerStats main() {
    return main;
  }

  /** The counters of the backend {@code one}. */
  BackendStats one() {
    return one;
  }

  HttpResponse<String> get(String query) {
    return Web.get(server, "/api/v1/history?" + query);
  }

  JsonObject history(String query) {
    HttpResponse<String> response = get(query);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Web.json(response);
  }

  /** Another server of the same, with a token. */
  HostPort started(String tokenFile) {
    AdminServer admin =
        Admins.server(vertx, "lb", new AdminConfig(ANY, tokenFile), new MetricsConfig(true, ANY));
    admin.start().await();
    return admin.address();
  }

  void awaitSeries(String query, String name, int length) {
    await().atMost(60, SECONDS).until(() -> numbers(history(query), name).size() >= length);
  }

  /** Whether something of that series was counted. */
  boolean hasCounted(String query, String name) {
    return numbers(history(query), name).stream()
        .anyMatch(rate -> rate != null && rate.doubleValue() > 0);
  }

  @SuppressWarnings("unchecked")
  static List<Number> numbers(JsonObject history, String name) {
    return history.getJsonArray("series").stream()
        .map(JsonObject.class::cast)
        .filter(series -> series.getString("name").equals(name))
        .map(series -> (List<Number>) series.getJsonArray("values").getList())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + history.encode()));
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
