package io.loble.admin;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.CertificateFiles;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.loble.tls.CertificateDirectory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The alert rules and the dashboard ask for nothing that a running balancer does not serve. */
class MonitoringFilesTest {

  private static final Pattern METRIC =
      Pattern.compile("\\b((?:loble|process|jvm|netty|system)_\\w+|up)\\b(?:\\{([^}]*)})?");
  private static final Pattern MATCHER =
      Pattern.compile("(\\w+)\\s*(?:=~|!=|!~|=)\\s*\"([^\"]*)\"");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\(([^)]*)\\)");

  /** Labels that Prometheus adds. */
  private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

  private static MetricsText page = MetricsText.parse("# HELP none none\n");

  @BeforeAll
  static void scrape(@TempDir Path directory) throws Exception {
    try (Testbed bed = Testbed.start(TestbedPlan.of(1).withBalancer(withTls(directory)))) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + bed.adminAddress() + "/metrics")).build();
      page =
          MetricsText.parse(
              HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
    }
  }

  private static JsonObject withTls(Path directory) {
    CertificateFiles own =
        new CertificateDirectory(directory).write("own", leaf(AUTHORITY, "a.example"));
    JsonObject files = new JsonObject().put("cert", own.cert()).put("key", own.key());
    JsonObject plain = new JsonObject().put("address", "127.0.0.1:0").put("pool", "default");
    JsonObject decrypting =
        plain
            .copy()
            .put("name", "tls")
            .put("tls", new JsonObject().put("certificates", new JsonArray().add(files)));
    JsonObject balancing = plain.copy().put("name", "web").put("mode", "http");
    JsonObject encrypting = new JsonObject().put("tls", new JsonObject().put("enabled", true));
    JsonObject finding =
        new JsonObject().put("discover", new JsonObject().put("dns", "localhost:9"));
    return new JsonObject()
        .put(
            "listeners",
            new JsonArray().add(plain.put("name", "default")).add(decrypting).add(balancing))
        .put("pools", new JsonObject().put("encrypted", encrypting).put("found", finding));
  }

  @Test
  void alerts() throws Exception {
    List<String> expressions = new ArrayList<>();
    Map<String, Object> file =
        new Yaml().load(Files.readString(Path.of("conf/prometheus/alerts.yml")));
    objects(new JsonObject(file).getJsonArray("groups"))
        .flatMap(group -> objects(group.getJsonArray("rules")))
        .forEach(rule -> expressions.add(rule.getString("expr")));
    assertThat(expressions).hasSizeGreaterThan(10).allSatisfy(MonitoringFilesTest::isServed);
  }

  @Test
  void dashboard() throws Exception {
    JsonObject dashboard =
        new JsonObject(Files.readString(Path.of("conf/grafana/dashboards/loble.json")));
    List<String> expressions = new ArrayList<>();
    objects(dashboard.getJsonArray("panels"))
        .flatMap(panel -> objects(panel.getJsonArray("targets", new JsonArray())))
        .forEach(target -> expressions.add(target.getString("expr")));
    objects(dashboard.getJsonObject("annotations").getJsonArray("list"))
        .forEach(annotation -> expressions.add(annotation.getString("expr")));
    objects(dashboard.getJsonObject("templating").getJsonArray("list"))
        .forEach(variable -> expressions.add(variable.getString("definition")));
    assertThat(expressions).hasSizeGreaterThan(20).allSatisfy(MonitoringFilesTest::isServed);
  }

  private static void isServed(String expression) {
    Set<String> labels = new HashSet<>(OF_PROMETHEUS);
    List<MatchResult> metrics = METRIC.matcher(withoutTexts(expression)).results().toList();
    assertThat(metrics).as("metrics in %s", expression).isNotEmpty();
    for (MatchResult metric : metrics) {
      String name = metric.group(1);
      if (!name.equals("up")) {
        assertThat(page.series(name)).as("%s in %s", name, expression).isNotEmpty();
      }
      labels.addAll(labelsOf(name));
    }
    METRIC.matcher(expression).results().forEach(metric -> matches(metric, expression));
    assertThat(groupings(expression)).as(expression).isSubsetOf(labels);
  }

  /** Every label that is asked for is there, with that value where it is no pattern. */
  private static void matches(MatchResult metric, String expression) {
    String matchers = metric.group(2) == null ? "" : metric.group(2);
    for (MatchResult matcher : MATCHER.matcher(matchers).results().toList()) {
      String label = matcher.group(1);
      if (!OF_PROMETHEUS.contains(label)) {
        assertThat(labelsOf(metric.group(1))).as(expression).contains(label);
        if (!matcher.group(2).startsWith("$")) {
          assertThat(page.series(metric.group(1)).keySet())
              .as("%s in %s", matcher.group(), expression)
              .anyMatch(series -> matcher.group(2).equals(series.get(label)));
        }
      }
    }
  }

  private static Set<String> labelsOf(String metric) {
    return page.series(metric).keySet().stream()
        .flatMap(series -> series.keySet().stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> groupings(String expression) {
    return GROUPING
        .matcher(expression)
        .results()
        .flatMap(list -> Arrays.stream(list.group(1).split(",", -1)))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  private static String withoutTexts(String expression) {
    return expression.replaceAll("\"[^\"]*\"", "\"\"");
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }
}
