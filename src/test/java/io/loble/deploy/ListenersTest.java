package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.loble.config.ListenerConfig;
import io.loble.model.HostPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What listens in the pods can be reached, and nothing of a listener stands anywhere else. */
class ListenersTest {

  private static final Path LISTENERS = Path.of("k8s/base/listeners.yaml");

  @TempDir private Path files = Path.of("");

  static Stream<Path> roots() {
    return Worlds.ROOTS.stream();
  }

  @ParameterizedTest
  @MethodSource("roots")
  void everyListenerIsReachedThroughTheServiceAndThePolicy(Path root) throws Exception {
    Manifests world = Worlds.of(root);
    assertThat(servicePorts(world)).isEqualTo(listenerPorts(world)).isEqualTo(policyPorts(world));
  }

  /** What the comment in listeners.yaml says: two files, and no other. */
  @Test
  void aSecondListenerIsAnEntryInTheConfigurationAndOneInListeners() throws Exception {
    Manifests world = withSecondListener();
    assertThat(listenerPorts(world)).containsExactly(9000, 5432);
    assertThat(servicePorts(world)).isEqualTo(listenerPorts(world)).isEqualTo(policyPorts(world));
  }

  @Test
  void noOtherFileNamesAPortOfAListener() throws Exception {
    try (Stream<Path> all = Files.walk(Worlds.K8S)) {
      assertThat(all.filter(Files::isRegularFile).filter(ListenersTest::isManifest))
          .filteredOn(file -> YamlFiles.text(file).contains("9000"))
          .containsExactlyInAnyOrder(LISTENERS, Worlds.SIMULATION.resolve("client.yaml"));
    }
  }

  private static boolean isManifest(Path file) {
    return file.toString().endsWith(".yaml");
  }

  /** Everybody may be a client. */
  @ParameterizedTest
  @MethodSource("roots")
  void clientsComeFromAnywhere(Path root) {
    NetworkPolicy policy = clients(Worlds.of(root));
    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress");
    assertThat(policy.getSpec().getIngress())
        .extracting(NetworkPolicyIngressRule::getFrom)
        .containsExactly(List.of());
  }

  private Manifests withSecondListener() {
    Manifests shipped = Worlds.of(Worlds.K8S);
    ConfigMap map = shipped.one(ConfigMap.class, "loble");
    String toml = Objects.requireNonNull(map.getData().get("loble.toml"));
    map.getData()
        .put(
            "loble.toml",
            toml.replace("[listener]\n", "[[listeners]]\nname = \"default\"\n")
                + "\n[[listeners]]\nname = \"pg\"\naddress = \"0.0.0.0:5432\"\n");
    Manifests edited =
        Manifests.parse(
            YamlFiles.text(LISTENERS)
                    .replaceFirst(
                        "(?m)(    - name: default\n(?:      .*\n)+)",
                        "$1    - name: pg\n      port: 5432\n      targetPort: 5432\n")
                    .stripTrailing()
                + "\n        - port: 5432\n          protocol: TCP\n");
    List<String> keys = edited.objects().stream().map(Manifests::key).toList();
    return new Manifests(
        Stream.concat(
                shipped.objects().stream().filter(o -> !keys.contains(Manifests.key(o))),
                edited.objects().stream())
            .toList());
  }

  private List<Integer> listenerPorts(Manifests world) throws Exception {
    return MountedConfig.load(world, files).config().listeners().stream()
        .map(ListenerConfig::address)
        .map(address -> ((HostPort) address).port())
        .toList();
  }

  private static List<Integer> servicePorts(Manifests world) {
    return world.one(Service.class, Worlds.BALANCER).getSpec().getPorts().stream()
        .map(port -> port.getTargetPort().getIntVal())
        .toList();
  }

  private static List<Integer> policyPorts(Manifests world) {
    return clients(world).getSpec().getIngress().stream()
        .flatMap(rule -> rule.getPorts().stream())
        .map(port -> port.getPort().getIntVal())
        .toList();
  }

  private static NetworkPolicy clients(Manifests world) {
    return world.one(NetworkPolicy.class, "loble-clients");
  }
}
