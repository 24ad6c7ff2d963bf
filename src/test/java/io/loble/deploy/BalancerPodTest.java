package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.loble.admin.AdminServer;
import io.loble.config.AdminConfig;
import io.loble.config.BackendConfig;
import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.model.HostPort;
import io.loble.sim.client.ClientSettings;
import io.loble.sim.server.ServerSettings;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The balancer's pod fits the configuration that is mounted into it. */
class BalancerPodTest {

  private static final Duration MARGIN = Duration.ofSeconds(10);

  @TempDir private Path files = Path.of("");

  static Stream<Path> roots() {
    return Worlds.ROOTS.stream();
  }

  private LobleConfig config(Manifests world) throws Exception {
    return MountedConfig.load(world, files).config();
  }

  private static PodSpec pod(Manifests world) {
    return Worlds.balancer(world).getSpec().getTemplate().getSpec();
  }

  @ParameterizedTest
  @MethodSource("roots")
  void itsConfigurationLoadsAndIsFollowed(Path root) throws Exception {
    MountedConfig mounted = MountedConfig.load(Worlds.of(root), files);
    assertThat(mounted.config().id()).isEqualTo("pod-1");
    assertThat(mounted.launch().reloadInterval()).isBetween(ms(100), ms(1000));
    assertThat(mounted.config().pools().get("default")).isNotNull();
  }

  /** A pod that waits for a backend that nobody has named would never say why. */
  @Test
  void asShippedItExitsAndSaysThatItNeedsABackend() {
    Manifests world = Worlds.of(Worlds.K8S);
    assertThatThrownBy(() -> MountedConfig.loadAsItIs(world, files))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("there is no pool \"default\"; add [[backends]] with address = ");
    assertThat(pod(world).getContainers().get(0).getTerminationMessagePolicy())
        .as("what kubectl describe shows of it")
        .isEqualTo("FallbackToLogsOnError");
  }

  /** The simulation needs no edit. */
  @Test
  void theSimulationLoadsAsShipped() throws Exception {
    MountedConfig.loadAsItIs(Worlds.of(Worlds.SIMULATION), files);
  }

  /**
   * A limit would stop every connection for the rest of a period; the JVM takes the node's then.
   */
  @ParameterizedTest
  @MethodSource("roots")
  void itsProcessorIsNotLimitedAndTheJvmIsToldHowManyToUse(Path root) {
    Container container = pod(Worlds.of(root)).getContainers().get(0);
    assertThat(container.getResources().getLimits()).containsOnlyKeys("memory");
    assertThat(MountedConfig.environment(container).get("JAVA_TOOL_OPTIONS"))
        .matches("-XX:ActiveProcessorCount=[1-9]\\d*");
  }

  @ParameterizedTest
  @MethodSource("roots")
  void itsPortsAreThoseOfItsConfiguration(Path root) throws Exception {
    Manifests world = Worlds.of(root);
    LobleConfig config = config(world);
    Map<String, Integer> ports =
        pod(world).getContainers().get(0).getPorts().stream()
            .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
    assertThat(ports).isEqualTo(Map.of("metrics", config.metrics().address().port()));
    assertThat(config.metrics().address().host()).isEqualTo("0.0.0.0");
    assertThat(config.listeners())
        .isNotEmpty()
        .allSatisfy(l -> assertThat(l.address().toString()).startsWith("0.0.0.0:"));
    assertThat(config.metrics().enabled()).isTrue();
  }

  /** Control is for who may forward ports; the token file is there for who wants more. */
  @ParameterizedTest
  @MethodSource("roots")
  void controlIsNotReachableWithoutAToken(Path root) throws Exception {
    AdminConfig admin = config(Worlds.of(root)).admin();
    assertThat(admin.address().host()).isEqualTo("127.0.0.1");
    assertThat(admin.address().port()).isNotEqualTo(9091);
  }

  /** The commented lines of [admin], with a token in the Secret. */
  @Test
  void controlWithTheTokenOfTheSecretIsTwoLinesAway() throws Exception {
    Manifests world = Worlds.of(Worlds.K8S);
    ConfigMap map = world.one(ConfigMap.class, "loble");
    String token = "/etc/loble-admin/";
    Files.writeString(files.resolve("token"), "a secret");
    String toml = map.getData().get("loble.toml");
    map.getData()
        .put(
            "loble.toml",
            Objects.requireNonNull(toml)
                .replace("address = \"127.0.0.1:9090\"", "")
                .replace("# address = \"0.0.0.0:9090\"", "address = \"0.0.0.0:9090\"")
                .replace("# token_file = \"" + token, "token_file = \"" + files + "/"));
    AdminConfig admin = config(world).admin();
    assertThat(admin.address()).isEqualTo(new HostPort("0.0.0.0", 9090));
    assertThat(admin.tokenFile()).isEqualTo(files.resolve("token").toString());
    assertThat(pod(world).getContainers().get(0).getVolumeMounts())
        .anySatisfy(
            mount -> {
              assertThat(mount.getName()).isEqualTo("admin");
              assertThat(mount.getMountPath() + "/").isEqualTo(token);
            });
    assertThat(world.one(NetworkPolicy.class, "loble").getSpec().getIngress())
        .anySatisfy(
            rule -> {
              assertThat(rule.getFrom()).isNotEmpty();
              assertThat(rule.getPorts())
                  .singleElement()
                  .satisfies(port -> assertThat(port.getPort().getIntVal()).isEqualTo(9090));
            });
  }

  /** A token in a file that everybody has is none. */
  @ParameterizedTest
  @MethodSource("roots")
  void theSecretIsEmpty(Path root) {
    Secret secret = Worlds.of(root).one(Secret.class, "loble-admin");
    assertThat(secret.getData()).isNullOrEmpty();
    assertThat(secret.getStringData()).isNullOrEmpty();
  }

  @ParameterizedTest
  @MethodSource("roots")
  void itHasTheTimeThatItsStopMayTake(Path root) throws Exception {
    Manifests world = Worlds.of(root);
    LobleConfig config = config(world);
    Container container = pod(world).getContainers().get(0);
    Duration hook =
        Duration.ofSeconds(container.getLifecycle().getPreStop().getSleep().getSeconds());
    Duration delay = config.shutdown().delay();
    Duration grace = Duration.ofSeconds(pod(world).getTerminationGracePeriodSeconds());
    assertThat(hook).isPositive();
    assertThat(delay).isPositive();
    assertThat(grace)
        .isGreaterThanOrEqualTo(hook.plus(delay).plus(config.timeouts().drain()).plus(MARGIN));
    // Whoever asks /readyz has seen that it fails before the listeners close.
    int probes =
        container.getReadinessProbe().getPeriodSeconds()
            * container.getReadinessProbe().getFailureThreshold();
    assertThat(hook.plus(delay)).isGreaterThan(Duration.ofSeconds(probes));
  }

  @ParameterizedTest
  @MethodSource("roots")
  void itsProbesAskWhatTheBalancerAnswers(Path root) {
    Container container = pod(Worlds.of(root)).getContainers().get(0);
    assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/livez");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
  }

  /** What the JVM writes, and its copy that is sent. */
  @ParameterizedTest
  @MethodSource("roots")
  void aRecordingFitsIntoItsTmpTwice(Path root) {
    assertThat(pod(Worlds.of(root)).getVolumes())
        .filteredOn(volume -> volume.getEmptyDir() != null)
        .singleElement()
        .satisfies(
            tmp ->
                assertThat(Quantity.getAmountInBytes(tmp.getEmptyDir().getSizeLimit()))
                    .isGreaterThan(BigDecimal.valueOf(2 * AdminServer.RECORDING_BYTES)));
  }

  @ParameterizedTest
  @MethodSource("roots")
  void podsSpreadOverNodesAndZones(Path root) {
    Deployment balancer = Worlds.balancer(Worlds.of(root));
    assertThat(pod(Worlds.of(root)).getTopologySpreadConstraints())
        .allSatisfy(
            spread ->
                assertThat(spread.getLabelSelector().getMatchLabels())
                    .isEqualTo(balancer.getSpec().getSelector().getMatchLabels()))
        .extracting("topologyKey")
        .containsExactlyInAnyOrder("kubernetes.io/hostname", "topology.kubernetes.io/zone");
  }

  @Test
  void inTheSimulationEveryBackendIsAServiceWithAServerBehindIt() throws Exception {
    Manifests world = Worlds.of(Worlds.SIMULATION);
    List<BackendConfig> backends =
        Objects.requireNonNull(config(world).pools().get("default")).backends();
    Map<Integer, String> delays = new HashMap<>();
    for (BackendConfig backend : backends) {
      Deployment server = behind(world, (HostPort) backend.address());
      ServerSettings settings =
          ServerSettings.fromEnvironment(MountedConfig.environment(container(server)));
      assertThat(container(server).getPorts())
          .extracting(ContainerPort::getContainerPort)
          .containsExactly(settings.port());
      assertThat(settings.id()).isEqualTo(backend.name());
      delays.put(settings.behaviour().delayMillis(), settings.id());
    }
    assertThat(delays).isEqualTo(Map.of(0, "server-1", 150, "server-2", 500, "server-3"));
  }

  @Test
  void inTheSimulationClientsComeToTheBalancer() throws Exception {
    Manifests world = Worlds.of(Worlds.SIMULATION);
    Container client = container(world.one(Deployment.class, "client"));
    ClientSettings settings = ClientSettings.fromEnvironment(MountedConfig.environment(client));
    assertThat(behind(world, settings.target())).isEqualTo(Worlds.balancer(world));
  }

  /** The Deployment that an address of the cluster leads to. */
  private static Deployment behind(Manifests world, HostPort address) {
    Service service = world.one(Service.class, address.host());
    assertThat(service.getSpec().getPorts())
        .extracting(ServicePort::getPort)
        .containsExactly(address.port());
    List<Deployment> selected = world.selected(service.getSpec().getSelector());
    assertThat(selected).hasSize(1);
    return selected.get(0);
  }

  private static Container container(Deployment deployment) {
    return Manifests.containers(deployment).findFirst().orElseThrow();
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
