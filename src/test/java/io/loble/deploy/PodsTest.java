package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reviewer asks of every pod. */
class PodsTest {

  private static final long USER = 10001;

  record Pod(Manifests manifests, Deployment deployment) {

    PodSpec spec() {
      return deployment.getSpec().getTemplate().getSpec();
    }

    Container container() {
      assertThat(spec().getContainers()).hasSize(1);
      return spec().getContainers().get(0);
    }

    @Override
    public String toString() {
      return deployment.getMetadata().getName();
    }
  }

  static Stream<Pod> pods() {
    return Worlds.ROOTS.stream()
        .map(Worlds::of)
        .flatMap(world -> world.all(Deployment.class).map(one -> new Pod(world, one)));
  }

  @ParameterizedTest
  @MethodSource("pods")
  void belongToTheirDeployment(Pod pod) {
    assertThat(pod.deployment().getSpec().getSelector().getMatchLabels()).isNotEmpty();
    assertThat(pod.manifests().selected(pod.deployment().getSpec().getSelector().getMatchLabels()))
        .containsExactly(pod.deployment());
  }

  @ParameterizedTest
  @MethodSource("pods")
  void areHardened(Pod pod) {
    PodSecurityContext ofPod = pod.spec().getSecurityContext();
    assertThat(ofPod.getRunAsNonRoot()).isTrue();
    assertThat(ofPod.getRunAsUser()).isEqualTo(USER);
    assertThat(ofPod.getRunAsGroup()).isEqualTo(USER);
    assertThat(ofPod.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    SecurityContext context = pod.container().getSecurityContext();
    assertThat(context.getAllowPrivilegeEscalation()).isFalse();
    assertThat(context.getReadOnlyRootFilesystem()).isTrue();
    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(context.getCapabilities().getAdd()).isEmpty();
  }

  /** A token is of use only to a pod that may do something with it. */
  @ParameterizedTest
  @MethodSource("pods")
  void haveATokenOnlyWithARole(Pod pod) {
    assertThat(pod.spec().getAutomountServiceAccountToken())
        .isEqualTo(
            pod.manifests()
                .all(RoleBinding.class)
                .flatMap(binding -> binding.getSubjects().stream())
                .anyMatch(subject -> subject.getName().equals(pod.spec().getServiceAccountName())));
  }

  /**
   * Variables such as LB_PORT and SERVER_PORT are ours, and what Services bring looks like them.
   */
  @ParameterizedTest
  @MethodSource("pods")
  void getNoVariablesFromServices(Pod pod) {
    assertThat(pod.spec().getEnableServiceLinks()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("pods")
  void sayWhatTheyNeedAndMayHave(Pod pod) {
    assertThat(pod.container().getResources().getRequests()).containsKeys("cpu", "memory");
    assertThat(pod.container().getResources().getLimits()).containsKey("memory");
    assertThat(pod.container().getImage()).matches("loble:[0-9.]+");
  }

  @ParameterizedTest
  @MethodSource("pods")
  void areProbedWhereTheyListen(Pod pod) {
    Container container = pod.container();
    Set<String> ports =
        container.getPorts().stream().map(ContainerPort::getName).collect(Collectors.toSet());
    if (ports.isEmpty()) {
      assertThat(pod).hasToString("client");
    } else {
      Stream.of(
              container.getStartupProbe(),
              container.getReadinessProbe(),
              container.getLivenessProbe())
          .forEach(probe -> assertThat(port(probe)).isIn(ports));
    }
  }

  private static String port(Probe probe) {
    return probe.getHttpGet() == null
        ? probe.getTcpSocket().getPort().getStrVal()
        : probe.getHttpGet().getPort().getStrVal();
  }

  @ParameterizedTest
  @MethodSource("pods")
  void mountWhatIsThereAsWholeFolders(Pod pod) {
    List<VolumeMount> mounts = pod.container().getVolumeMounts();
    assertThat(mounts).allSatisfy(mount -> assertThat(mount.getSubPath()).isNull());
    assertThat(mounts.stream().map(VolumeMount::getName))
        .containsExactlyElementsOf(pod.spec().getVolumes().stream().map(Volume::getName).toList());
    pod.spec().getVolumes().forEach(volume -> isThere(volume, pod.manifests()));
  }

  private static void isThere(Volume volume, Manifests manifests) {
    if (volume.getConfigMap() != null) {
      manifests.one(ConfigMap.class, volume.getConfigMap().getName());
    } else if (volume.getSecret() != null) {
      if (!Boolean.TRUE.equals(volume.getSecret().getOptional())) {
        manifests.one(Secret.class, volume.getSecret().getSecretName());
      }
      assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440);
    } else {
      assertThat(volume.getEmptyDir().getSizeLimit()).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("pods")
  void runAsAnAccountThatIsThereOrAsNobody(Pod pod) {
    if (pod.spec().getServiceAccountName() != null) {
      ServiceAccount account =
          pod.manifests().one(ServiceAccount.class, pod.spec().getServiceAccountName());
      assertThat(account.getAutomountServiceAccountToken()).isFalse();
    }
  }
}
