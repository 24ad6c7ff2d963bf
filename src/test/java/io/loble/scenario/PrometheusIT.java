package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples for Prometheus and Grafana, with a real Prometheus that scrapes a real balancer. */
class PrometheusIT {

  private static final Path SAMPLES = Path.of("conf/prometheus").toAbsolutePath();
  private static final Path DASHBOARD =
      Path.of("conf/grafana/dashboards/loble.json").toAbsolutePath();

  @Test
  void promtoolFindsNothingWrong(@TempDir Path directory) {
    String promtool = Peers.path("promtool");
    assertThat(
            Program.run(
                directory,
                List.of(promtool, "check", "config", SAMPLES.resolve("prometheus.yml").toString())))
        .contains("is valid prometheus config file syntax")
        .contains("rules found");
  }

  @Test
  void everyRuleAndEveryPanelIsEvaluated(@TempDir Path directory) throws IOException {
    String prometheus = Peers.path("prometheus");
    int dead = Peers.freePort();
    String toml =
        Balancer.toml("[health.active]\ninterval = \"100ms\"", Balancer.backend("dead", dead));
    try (Balancer balancer = Balancer.start(directory, toml);
        Program program =
            Program.start(directory, Map.of(), command(prometheus, directory, balancer))) {
      Admin queries = new Admin(address(directory));
      await().ignoreExceptions().atMost(30, SECONDS).until(() -> isScraped(queries));
      assertThat(value(queries, "loble_backend_up{backend=\"dead\"}")).isEqualTo("0");
      rules(queries).forEach(PrometheusIT::isEvaluated);
      await()
          .atMost(60, SECONDS)
          .until(() -> alert(queries, "LobleAllBackendsDown").equals("firing"));
      expressions().forEach(expression -> query(queries, expression));
      assertThat(program.isAlive()).isTrue();
    }
  }

  /** The samples, with the address and the pace of this test. */
  private static List<String> command(String prometheus, Path directory, Balancer balancer)
      throws IOException {
    String config =
        Files.readString(SAMPLES.resolve("prometheus.yml"))
            .replace("127.0.0.1:9090", balancer.admin().address())
            .replace("5s", "1s");
    Files.writeString(directory.resolve("prometheus.yml"), config);
    Files.copy(SAMPLES.resolve("alerts.yml"), directory.resolve("alerts.yml"));
    String address = "127.0.0.1:" + Peers.freePort();
    Files.writeString(directory.resolve("address"), address);
    return List.of(
        prometheus,
        "--config.file=prometheus.yml",
        "--storage.tsdb.path=data",
        "--web.listen-address=" + address);
  }

  private static String address(Path directory) throws IOException {
    return Files.readString(directory.resolve("address"));
  }

  private static boolean isScraped(Admin queries) {
    return value(queries, "up{job=\"loble\"}").equals("1")
        && rules(queries).allMatch(rule -> !rule.getString("health").equals("unknown"));
  }

  private static void isEvaluated(JsonObject rule) {
    assertThat(rule.getString("health")).as(rule.encode()).isEqualTo("ok");
  }

  private static String alert(Admin queries, String name) {
    return rules(queries)
        .filter(rule -> rule.getString("name").equals(name))
        .map(rule -> rule.getString("state"))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<JsonObject> rules(Admin queries) {
    JsonArray groups = data(queries.get("/api/v1/rules")).getJsonArray("groups");
    return objects(groups).flatMap(group -> objects(group.getJsonArray("rules")));
  }

  /** What the panels ask for, with Grafana's variables as Grafana would fill them in. */
  private static List<String> expressions() throws IOException {
    JsonObject dashboard = new JsonObject(Files.readString(DASHBOARD));
    return objects(dashboard.getJsonArray("panels"))
        .flatMap(panel -> objects(panel.getJsonArray("targets", new JsonArray())))
        .map(target -> target.getString("expr"))
        .map(expr -> expr.replace("$__rate_interval", "1m").replaceAll("\\$(instance|pool)", ".*"))
        .toList();
  }

  private static String value(Admin queries, String expression) {
    JsonArray result = query(queries, expression);
    return result.isEmpty() ? "" : result.getJsonObject(0).getJsonArray("value").getString(1);
  }

  private static JsonArray query(Admin queries, String expression) {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    return data(queries.get("/api/v1/query?query=" + encoded)).getJsonArray("result");
  }

  private static JsonObject data(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body()).getJsonObject("data");
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }
}
