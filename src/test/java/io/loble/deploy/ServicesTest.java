package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Services lead to ports that are there, and policies let through what has to come through. */
class ServicesTest {

  static Stream<Path> roots() {
    return Worlds.ROOTS.stream();
  }

  @ParameterizedTest
  @MethodSource("roots")
  void everyServiceLeadsToAPortOfOneDeployment(Path root) {
    Manifests world = Worlds.of(root);
    assertThat(world.all(Service.class))
        .hasSizeGreaterThan(1)
        .allSatisfy(
            service -> {
              List<Deployment> pods = world.selected(service.getSpec().getSelector());
              assertThat(pods).hasSize(1);
              assertThat(service.getSpec().getPorts())
                  .isNotEmpty()
                  .allSatisfy(port -> assertThat(isThere(port, pods.get(0))).isTrue());
            });
  }

  /** The ports of listeners are numbers; {@link ListenersTest} holds them against those. */
  private static boolean isThere(ServicePort port, Deployment pod) {
    String name = port.getTargetPort().getStrVal();
    return name == null
        ? pod.getMetadata().getName().equals(Worlds.BALANCER)
        : names(pod).contains(name);
  }

  private static List<String> names(Deployment deployment) {
    return Manifests.containers(deployment)
        .flatMap(container -> container.getPorts().stream())
        .map(ContainerPort::getName)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("roots")
  void everyPolicyIsAboutPodsThatAreThereAndPortsThatTheyHave(Path root) {
    Manifests world = Worlds.of(root);
    assertThat(world.all(NetworkPolicy.class))
        .isNotEmpty()
        .allSatisfy(
            policy -> {
              List<Deployment> pods =
                  world.selected(policy.getSpec().getPodSelector().getMatchLabels());
              assertThat(pods).isNotEmpty();
              assertThat(named(policy))
                  .allSatisfy(
                      name ->
                          assertThat(pods)
                              .allSatisfy(pod -> assertThat(names(pod)).contains(name)));
            });
  }

  private static List<String> named(NetworkPolicy policy) {
    return policy.getSpec().getIngress().stream()
        .flatMap(rule -> rule.getPorts().stream())
        .filter(port -> port.getPort().getStrVal() != null)
        .map(port -> port.getPort().getStrVal())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("roots")
  void metricsAndControlAreForSomePodsOnly(Path root) {
    NetworkPolicy policy = Worlds.of(root).one(NetworkPolicy.class, Worlds.BALANCER);
    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getSpec().getIngress())
        .allSatisfy(rule -> assertThat(rule.getFrom()).isNotEmpty())
        .allSatisfy(rule -> assertThat(rule.getPorts()).hasSize(1));
    assertThat(named(policy)).containsExactly("metrics");
  }

  /** Backends are pods of the same namespace, and have names. */
  @ParameterizedTest
  @MethodSource("roots")
  void theBalancerMayAskForNamesAndReachItsBackends(Path root) {
    NetworkPolicy policy = Worlds.of(root).one(NetworkPolicy.class, Worlds.BALANCER);
    assertThat(policy.getSpec().getEgress())
        .anySatisfy(
            rule -> {
              assertThat(rule.getPorts())
                  .extracting(NetworkPolicyPort::getProtocol)
                  .containsExactlyInAnyOrder("UDP", "TCP");
              assertThat(rule.getPorts())
                  .allSatisfy(port -> assertThat(port.getPort().getIntVal()).isEqualTo(53));
              // The cluster's own pods, and the cache in the network of each node.
              assertThat(rule.getTo())
                  .anySatisfy(peer -> assertThat(peer.getPodSelector()).isNotNull())
                  .filteredOn(peer -> peer.getIpBlock() != null)
                  .extracting(peer -> peer.getIpBlock().getCidr())
                  .containsExactly("169.254.20.10/32");
            })
        .anySatisfy(
            rule -> {
              assertThat(rule.getPorts()).isEmpty();
              assertThat(rule.getTo()).singleElement().satisfies(ServicesTest::isThisNamespace);
            });
  }

  private static void isThisNamespace(NetworkPolicyPeer peer) {
    assertThat(peer.getNamespaceSelector()).isNull();
    assertThat(peer.getIpBlock()).isNull();
    assertThat(peer.getPodSelector().getMatchLabels()).isNullOrEmpty();
    assertThat(peer.getPodSelector().getMatchExpressions()).isNullOrEmpty();
  }

  /** Each server takes the balancer's connections, and only those. */
  @ParameterizedTest
  @MethodSource("policies")
  void peersOfPoliciesAreThere(Manifests world, NetworkPolicyPeer peer) {
    if (peer.getNamespaceSelector() == null && !isOptional(peer)) {
      assertThat(world.selected(peer.getPodSelector().getMatchLabels())).isNotEmpty();
    }
  }

  private static boolean isOptional(NetworkPolicyPeer peer) {
    return peer.getPodSelector().getMatchLabels().containsKey("loble.io/admin");
  }

  static Stream<Object[]> policies() {
    return Worlds.ROOTS.stream()
        .map(Worlds::of)
        .flatMap(
            world ->
                world
                    .all(NetworkPolicy.class)
                    .flatMap(policy -> policy.getSpec().getIngress().stream())
                    .flatMap(rule -> rule.getFrom().stream())
                    .map(peer -> new Object[] {world, peer}));
  }
}
