package io.loble.admin;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.ProxyVerticle;
import io.loble.config.CertificateFiles;
import io.loble.config.keys.ConfigJson;
import io.loble.control.RunningBalancer;
import io.loble.control.SampleBalancer;
import io.loble.model.Algorithm;
import io.loble.model.BackendState;
import io.loble.model.ConnectFailure;
import io.loble.model.Discovered;
import io.loble.model.PoolTls.Verify;
import io.loble.model.Rejection;
import io.loble.model.Source;
import io.loble.tls.CertificateDirectory;
import io.loble.tls.FailureKind;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/metrics.md against what is really served. */
class MetricsReferenceTest {

  private static final Pattern ROW =
      Pattern.compile("\\| `(loble_\\w+)` \\| (\\w+) \\| ([^|]*)\\|.*");
  private static final Pattern CODE = Pattern.compile("`(\\w+)`");
  private static final Pattern QUERY = Pattern.compile("```promql\n(.*?)```", Pattern.DOTALL);
  private static final Pattern METRIC = Pattern.compile("\\bloble_\\w+");

  @TempDir private static Path files = Path.of("");

  private record Family(String type, Set<String> labels) {}

  @Test
  void everyFamilyIsDocumentedWithItsTypeAndLabelsAndNoOther() throws IOException {
    assertThat(documented()).isEqualTo(served(page()));
  }

  @Test
  void everyValueOfAFixedLabelIsDocumented() throws IOException {
    String reference = reference();

    assertThat(Arrays.stream(Rejection.values()).map(Rejection::label).map(v -> "| `" + v + "` |"))
        .allMatch(reference::contains);
    assertThat(
            Arrays.stream(ConnectFailure.values())
                .map(ConnectFailure::label)
                .map(v -> "| `" + v + "` |"))
        .allMatch(reference::contains);
    assertThat(
            Arrays.stream(FailureKind.values()).map(FailureKind::label).map(v -> "| `" + v + "` |"))
        .allMatch(reference::contains);
    assertThat(
            Arrays.stream(BackendState.values())
                .map(BackendState::label)
                .map(v -> "| `" + v + "` |"))
        .allMatch(reference::contains);
    assertThat(
            Arrays.stream(Discovered.State.values())
                .filter(state -> state != Discovered.State.WAITING)
                .map(Discovered.State::label)
                .map(v -> "| `" + v + "` |"))
        .allMatch(reference::contains);
  }

  @Test
  void everyMeterOfTheJvmAndTheProcessIsDocumented() throws IOException {
    String reference = reference();
    // Vert.x's own are documented by their prefixes.
    Set<String> meters =
        MetricsText.parse(ProcessMetrics.registry().scrape()).types().keySet().stream()
            .filter(name -> !name.startsWith("vertx_"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(meters).isNotEmpty().allMatch(name -> reference.contains("`" + name + "`"));
  }

  @Test
  void everyQueryAsksForWhatIsServed() throws IOException {
    MetricsText page = page();
    Set<String> asked =
        QUERY
            .matcher(reference())
            .results()
            .flatMap(query -> METRIC.matcher(query.group(1)).results())
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(asked).isNotEmpty().allMatch(name -> !page.series(name).isEmpty());
  }

  @Test
  void theNumberOfSeriesIsAsDocumented() throws IOException {
    MetricsText page = page();
    long plain = page.count(labels -> "l".equals(labels.get("listener")));
    long decrypting = page.count(labels -> "t".equals(labels.get("listener")));
    long encrypting = page.count(labels -> "tls".equals(labels.get("pool")));
    long pool = page.count(labels -> "p".equals(labels.get("pool")) && !isOfAPart(labels.keySet()));
    long backend = page.count(labels -> "10.0.0.1:80".equals(labels.get("backend")));
    long http = page.count(labels -> "h".equals(labels.get("listener")));
    long web =
        page.count(labels -> "web".equals(labels.get("pool")) && !isOfAPart(labels.keySet()));
    long answering = page.count(labels -> "10.0.0.2:80".equals(labels.get("backend")));
    long source = page.count(labels -> "dns".equals(labels.get("source")));
    long loop = page.count(labels -> labels.containsKey("loop"));
    long balancer = page.count(labels -> isOfTheBalancer(labels.keySet()));

    assertThat(reference())
        .contains(
            "A listener has %d series, a backend %d, a pool %d, an event loop %d, the balancer %d,"
                .formatted(plain, backend, pool, loop, balancer))
        .contains(
            "With TLS, a listener has %d more, a pool %d more, and each certificate file 1"
                .formatted(decrypting - plain, encrypting - pool))
        .contains(
            "Where requests are balanced, a listener has %d more, a pool %d more, and a backend %d more"
                .formatted(http - plain, web - pool, answering - backend))
        .contains("Each source of backends that a pool finds has %d.".formatted(source));
  }

  private static boolean isOfAPart(Set<String> labels) {
    return labels.contains("backend") || labels.contains("listener");
  }

  private static boolean isOfTheBalancer(Set<String> labels) {
    return Set.of("listener", "backend", "loop", "pool", "file").stream()
        .noneMatch(labels::contains);
  }

  private static Map<String, Family> documented() throws IOException {
    Map<String, Family> result = new TreeMap<>();
    ROW.matcher(reference())
        .results()
        .forEach(row -> result.put(row.group(1), new Family(row.group(2), codes(row.group(3)))));
    return result;
  }

  private static Set<String> codes(String cell) {
    return CODE.matcher(cell).results().map(code -> code.group(1)).collect(Collectors.toSet());
  }

  private static Map<String, Family> served(MetricsText page) {
    Map<String, Family> result = new TreeMap<>();
    page.types()
        .forEach((name, type) -> result.put(name, new Family(type, labels(page, name, type))));
    return result;
  }

  private static Set<String> labels(MetricsText page, String name, String type) {
    String series = type.equals("histogram") ? name + "_count" : name;
    return page.series(series).keySet().stream()
        .map(Map::keySet)
        .flatMap(Collection::stream)
        .collect(Collectors.toSet());
  }

  private static MetricsText page() throws IOException {
    Vertx vertx = Vertx.vertx();
    try {
      // Brings the event loops' own.
      JsonObject config = ConfigJson.write(SampleBalancer.config());
      vertx.deployVerticle(new ProxyVerticle(), new DeploymentOptions().setConfig(config)).await();
      SampleBalancer sample = new SampleBalancer(vertx).pool("p", Algorithm.RANDOM);
      sample.backend("p", "10.0.0.1:80", BackendState.HEALTHY);
      sample.listener("l", "127.0.0.1:9000", "p");
      addTls(sample);
      sample.pool("web", Algorithm.RANDOM).backend("web", "10.0.0.2:80", BackendState.HEALTHY);
      sample.httpListener("h", "127.0.0.1:9080", "web");
      sample.pool("found", Algorithm.RANDOM).publish(1);
      sample.stats("found").discovery().begin(Source.DNS, "db.internal:5432");
      ByteArrayOutputStream page = new ByteArrayOutputStream();
      ExpositionFormats.init()
          .getPrometheusTextFormatWriter()
          .write(page, new LobleCollector(new RunningBalancer(vertx, "lb")).collect());
      return MetricsText.parse(page.toString(StandardCharsets.UTF_8));
    } finally {
      vertx.close().await();
    }
  }

  private static void addTls(SampleBalancer sample) {
    CertificateDirectory directory = new CertificateDirectory(files);
    CertificateFiles own = directory.write("own", leaf(AUTHORITY, "a.example"));
    sample.listener("t", "127.0.0.1:9443", "p", CertificateDirectory.listener(false, own));
    sample.pool("tls", Algorithm.RANDOM).encrypt("tls", directory.pool(Verify.FULL, own));
  }

  private static String reference() throws IOException {
    return Files.readString(Path.of("docs/metrics.md"));
  }
}
