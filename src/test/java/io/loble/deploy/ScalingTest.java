package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingPolicy;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.PodsMetricSource;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods come and go by figures that there are, and leave one at a time. */
class ScalingTest {

  private static final Manifests WORLD = Worlds.of(Worlds.K8S);
  private static final HorizontalPodAutoscaler HPA =
      WORLD.one(HorizontalPodAutoscaler.class, Worlds.BALANCER);
  private static final HorizontalPodAutoscaler WITH_CONNECTIONS =
      Worlds.of(Worlds.CONNECTIONS).one(HorizontalPodAutoscaler.class, Worlds.BALANCER);

  @Test
  void theAutoscalerAloneDecidesHowManyThereAre() {
    CrossVersionObjectReference target = HPA.getSpec().getScaleTargetRef();
    assertThat(target.getApiVersion() + "/" + target.getKind()).isEqualTo("apps/v1/Deployment");
    Deployment balancer = WORLD.one(Deployment.class, target.getName());
    assertThat(balancer.getSpec().getReplicas()).isNull();
    assertThat(HPA.getSpec().getMinReplicas()).isGreaterThanOrEqualTo(2);
    assertThat(HPA.getSpec().getMaxReplicas()).isGreaterThan(HPA.getSpec().getMinReplicas());
  }

  @Test
  void itLooksAtCpuOfWhichThePodsSayHowMuchTheyNeed() {
    assertThat(HPA.getSpec().getMetrics())
        .filteredOn(metric -> metric.getType().equals("Resource"))
        .singleElement()
        .satisfies(
            metric -> {
              assertThat(metric.getResource().getName()).isEqualTo("cpu");
              assertThat(metric.getResource().getTarget().getType()).isEqualTo("Utilization");
              assertThat(metric.getResource().getTarget().getAverageUtilization())
                  .isBetween(1, 100);
            });
    Map<String, Quantity> requests =
        Manifests.containers(Worlds.balancer(WORLD))
            .findFirst()
            .orElseThrow()
            .getResources()
            .getRequests();
    assertThat(requests).containsKey("cpu");
  }

  /** With a metric that cannot be read, an autoscaler never removes a pod. */
  @Test
  void withoutAnAdapterItLooksAtNothingElse() {
    assertThat(HPA.getSpec().getMetrics()).extracting(MetricSpec::getType).containsOnly("Resource");
  }

  @Test
  void withTheAdapterItDiffersByOneMetric() {
    HorizontalPodAutoscaler without = new HorizontalPodAutoscalerBuilder(WITH_CONNECTIONS).build();
    without.getSpec().getMetrics().removeIf(metric -> metric.getType().equals("Pods"));
    assertThat(without).isEqualTo(HPA);
  }

  @Test
  void itLooksAtConnectionsWhichABalancerServesAndTheAdapterHandsOn() throws Exception {
    String metric = pods().getMetric().getName();
    try (Testbed bed = Testbed.start(TestbedPlan.of(1))) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + bed.adminAddress() + "/metrics")).build();
      String page = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      assertThat(page).contains("# TYPE " + metric + " gauge");
      assertThat(page).containsPattern("(?m)^" + metric + " 0(\\.0)?$");
    }
    assertThat(AdapterRule.read().handsOn()).isEqualTo(metric);
  }

  @Test
  void itActsBeforeAPodIsFull(@TempDir Path files) throws Exception {
    assertThat(pods().getTarget().getType()).isEqualTo("AverageValue");
    double target = pods().getTarget().getAverageValue().getNumericalAmount().doubleValue();
    int limit = MountedConfig.load(WORLD, files).config().limits().maxConnections();
    assertThat(target).isPositive().isLessThanOrEqualTo(limit * 0.8);
  }

  private static PodsMetricSource pods() {
    List<MetricSpec> metrics =
        WITH_CONNECTIONS.getSpec().getMetrics().stream()
            .filter(m -> m.getType().equals("Pods"))
            .toList();
    assertThat(metrics).hasSize(1);
    return metrics.get(0).getPods();
  }

  @Test
  void aPodHasDrainedBeforeTheNextOneGoes() {
    HPAScalingRules down = HPA.getSpec().getBehavior().getScaleDown();
    long grace =
        Worlds.balancer(WORLD).getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds();
    assertThat(down.getStabilizationWindowSeconds()).isGreaterThanOrEqualTo(300);
    assertThat(down.getSelectPolicy()).isEqualTo("Min");
    assertThat(down.getPolicies()).singleElement().satisfies(policy -> slow(policy, grace));
  }

  private static void slow(HPAScalingPolicy policy, long grace) {
    assertThat(policy.getType()).isEqualTo("Pods");
    assertThat(policy.getValue()).isEqualTo(1);
    assertThat(policy.getPeriodSeconds().longValue()).isGreaterThan(grace);
  }

  @Test
  void rolloutsAndDrainsOfNodesLeaveEnoughPods() {
    PodDisruptionBudget budget = WORLD.one(PodDisruptionBudget.class, Worlds.BALANCER);
    assertThat(WORLD.selected(budget.getSpec().getSelector().getMatchLabels()))
        .containsExactly(Worlds.balancer(WORLD));
    assertThat(budget.getSpec().getMaxUnavailable().getIntVal())
        .isLessThan(HPA.getSpec().getMinReplicas());
    assertThat(
            Worlds.balancer(WORLD)
                .getSpec()
                .getStrategy()
                .getRollingUpdate()
                .getMaxUnavailable()
                .getIntVal())
        .isZero();
  }
}
