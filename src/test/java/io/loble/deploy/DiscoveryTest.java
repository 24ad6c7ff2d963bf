package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The balancer may ask the API server what it needs to know, and nothing else. */
class DiscoveryTest {

  private static final Manifests WORLD = Worlds.of(Worlds.DISCOVERY);

  private static void isTheBalancer(List<Subject> subjects) {
    assertThat(subjects).hasSize(1);
    Subject subject = subjects.get(0);
    ServiceAccount account = WORLD.one(ServiceAccount.class, subject.getName());
    assertThat(subject.getKind()).isEqualTo("ServiceAccount");
    assertThat(subject.getNamespace()).isEqualTo(account.getMetadata().getNamespace());
    assertThat(Worlds.balancer(WORLD).getSpec().getTemplate().getSpec().getServiceAccountName())
        .isEqualTo(subject.getName());
  }

  private static String shown(PolicyRule rule) {
    return rule.getVerbs() + " " + rule.getApiGroups() + " " + rule.getResources();
  }

  @Test
  void itMayReadWhatItAsksForInItsNamespace() {
    RoleBinding binding = WORLD.one(RoleBinding.class, "loble-discovery");
    isTheBalancer(binding.getSubjects());
    assertThat(binding.getRoleRef())
        .isEqualTo(new RoleRef("rbac.authorization.k8s.io", "Role", "loble-discovery"));
    assertThat(WORLD.one(Role.class, "loble-discovery").getRules())
        .extracting(DiscoveryTest::shown)
        .containsExactly(
            "[list, watch] [discovery.k8s.io] [endpointslices]", "[get] [] [services]");
    assertThat(WORLD.all(ClusterRole.class)).isEmpty();
  }

  @Test
  void itMayReadItsNodeIfAnAdministratorLetsIt() {
    Manifests zone = Worlds.of(Worlds.ZONE);
    ClusterRoleBinding binding = zone.one(ClusterRoleBinding.class, "loble-zone");
    isTheBalancer(binding.getSubjects());
    assertThat(binding.getRoleRef())
        .isEqualTo(new RoleRef("rbac.authorization.k8s.io", "ClusterRole", "loble-zone"));
    assertThat(zone.one(ClusterRole.class, "loble-zone").getRules())
        .extracting(DiscoveryTest::shown)
        .containsExactly("[get] [] [nodes]");
    assertThat(Manifests.containers(Worlds.balancer(WORLD)).toList().get(0).getEnv())
        .filteredOn(variable -> variable.getName().equals("NODE_NAME"))
        .singleElement()
        .extracting(EnvVar::getValueFrom)
        .matches(from -> from.getFieldRef().getFieldPath().equals("spec.nodeName"));
  }

  @Test
  void itReachesTheApiServer() {
    NetworkPolicy policy = WORLD.one(NetworkPolicy.class, "loble-api-server");
    assertThat(WORLD.selected(policy.getSpec().getPodSelector().getMatchLabels()))
        .containsExactly(Worlds.balancer(WORLD));
    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Egress");
    assertThat(policy.getSpec().getEgress())
        .singleElement()
        .extracting(NetworkPolicyEgressRule::getPorts)
        .matches(
            ports ->
                ports.stream()
                    .map(port -> port.getPort().getIntVal())
                    .toList()
                    .equals(List.of(6443, 443)));
  }
}
