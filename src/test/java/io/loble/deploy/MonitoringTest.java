package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.loble.scenario.Peers;
import io.loble.scenario.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What monitors the balancer in a cluster finds it, under the name that the alert rules use, and
 * these tell what happens to it.
 */
class MonitoringTest {

  private static final Path ALERTS = Path.of("conf/prometheus/alerts.yml");

  private static final ServiceMonitor MONITOR =
      Worlds.of(Worlds.OPERATOR).one(ServiceMonitor.class, Worlds.BALANCER);

  @Test
  void theMonitorFindsTheMetricsOfEachPod() {
    Map<String, String> labels = MONITOR.getSpec().getSelector().getMatchLabels();
    Manifests world = Worlds.of(Worlds.K8S);
    List<Service> found =
        world
            .all(Service.class)
            .filter(s -> s.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
            .toList();
    assertThat(found).hasSize(1);
    Service service = found.get(0);
    assertThat(service.getMetadata().getNamespace())
        .isEqualTo(MONITOR.getMetadata().getNamespace());
    assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
    assertThat(service.getSpec().getPublishNotReadyAddresses()).isTrue();
    Endpoint endpoint = MONITOR.getSpec().getEndpoints().get(0);
    assertThat(service.getSpec().getPorts())
        .anySatisfy(port -> assertThat(port.getName()).isEqualTo(endpoint.getPort()));
    assertThat(endpoint.getPath()).isEqualTo("/metrics");
    assertThat(service.getMetadata().getLabels().get(MONITOR.getSpec().getJobLabel()))
        .as("the job that the alert rules ask for")
        .isEqualTo("loble");
    assertThat(YamlFiles.text(ALERTS)).contains("up{job=\"loble\"}");
  }

  @Test
  void theOperatorsRulesAreThoseOfPrometheus() {
    Map<String, Object> rule = YamlFiles.document(Worlds.OPERATOR.resolve("prometheusrule.yaml"));
    assertThat(rule.get("spec")).isEqualTo(YamlFiles.document(ALERTS));
  }

  @Test
  void poolsThatAreFullOrFailBringAlertsInTime(@TempDir Path directory) throws Exception {
    Files.copy(ALERTS, directory.resolve("alerts.yml"));
    Files.copy(
        Path.of("src/test/resources/io/loble/deploy/alerts-test.yml"),
        directory.resolve("alerts-test.yml"));
    assertThat(promtool(directory, "alerts-test.yml")).contains("SUCCESS");
  }

  /**
   * A Prometheus that has the series of two balancers and of a stranger, asked as the adapter asks.
   */
  @Test
  void theAdaptersQueryGivesEachPodItsOwn(@TempDir Path directory) throws Exception {
    AdapterRule rule = AdapterRule.read();
    String series = rule.series();
    String test =
        """
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
              - { series: '%1$s{namespace="loble",pod="a",instance="1"}', values: "7 7" }
              - { series: '%1$s{namespace="loble",pod="b",instance="2"}', values: "5 5" }
              - { series: '%1$s{namespace="other",pod="a",instance="3"}', values: "9 9" }
              - { series: '%1$s{instance="4"}', values: "1 1" }
            promql_expr_test:
              - expr: '%2$s'
                eval_time: 1m
                exp_samples:
                  - { labels: '{pod="a"}', value: 7 }
                  - { labels: '{pod="b"}', value: 5 }
              - expr: 'count(%1$s{%3$s})'
                eval_time: 1m
                exp_samples:
                  - { labels: '{}', value: 3 }
        """
            .formatted(series, rule.query("loble", "a|b"), rule.selector());
    Files.writeString(directory.resolve("test.yml"), test);
    assertThat(promtool(directory, "test.yml")).contains("SUCCESS");
  }

  private static String promtool(Path directory, String test) {
    return Program.run(directory, List.of(Peers.path("promtool"), "test", "rules", test));
  }

  @Test
  void theAdapterKnowsPodsByTheLabelsThatPrometheusGivesThem() {
    assertThat(AdapterRule.read().labels())
        .isEqualTo(Map.of("namespace", "namespace", "pod", "pod"));
    assertThat(Objects.requireNonNull(MONITOR.getSpec()).getNamespaceSelector()).isNull();
  }
}
