package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.BackendConfig;
import io.loble.config.ConfigException;
import io.loble.config.Durations;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.source.ConfigLoader;
import io.loble.deploy.Compose.Service;
import io.loble.model.Algorithm;
import io.loble.model.HostPort;
import io.loble.sim.client.ClientSettings;
import io.loble.sim.client.Load;
import io.loble.sim.server.ServerSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The world of {@code compose.yaml}: what each service is told is what it understands. */
class ComposeTest {

  private static final Compose COMPOSE = Compose.read(Map.of());

  /** Those of the Compose specification that are in use here. */
  private static final Set<String> TOP =
      Set.of("name", "x-loble", "services", "networks", "volumes");

  private static final Set<String> KEYS =
      Set.of(
          "build",
          "cap_drop",
          "command",
          "depends_on",
          "entrypoint",
          "environment",
          "healthcheck",
          "image",
          "mem_limit",
          "networks",
          "ports",
          "profiles",
          "pull_policy",
          "read_only",
          "restart",
          "security_opt",
          "stop_grace_period",
          "tmpfs",
          "user",
          "volumes");

  private static final Set<String> HEALTHCHECK =
      Set.of("test", "interval", "timeout", "retries", "start_period", "disable");

  @TempDir private Path files = Path.of("");

  static Stream<Service> services() {
    return COMPOSE.services().values().stream();
  }

  static Stream<Service> ours() {
    return COMPOSE.ours().stream();
  }

  static Stream<String> servers() {
    return Stream.of("server-1", "server-2", "server-3");
  }

  @Test
  void theWorldIsThatOfTheReference() {
    assertThat(COMPOSE.content()).containsOnlyKeys(TOP);
    assertThat(COMPOSE.services())
        .containsOnlyKeys(
            "lb",
            "server-1",
            "server-2",
            "server-3",
            "client",
            "token",
            "loble",
            "prometheus",
            "grafana");
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyKeyIsOneOfTheSpecification(Service service) {
    assertThat(KEYS).containsAll(service.content().keySet());
    assertThat(HEALTHCHECK).containsAll(service.map("healthcheck").keySet());
  }

  /** It exits where it has no memory left, with a code that is not 0. */
  @Test
  void theBalancerIsStartedAgainWhenItFails() {
    assertThat(COMPOSE.service("lb").text("restart")).isEqualTo("on-failure");
  }

  @ParameterizedTest
  @MethodSource("services")
  void whatAServiceRefersToIsThere(Service service) {
    assertThat(service.list("networks"))
        .containsExactly("lb-net")
        .isSubsetOf(YamlFiles.map(YamlFiles.get(COMPOSE.content(), "networks")).keySet());
    for (String mount : service.list("volumes")) {
      String source = mount.substring(0, mount.indexOf(':'));
      if (source.startsWith(".")) {
        assertThat(Path.of(source)).isDirectory();
        assertThat(mount).endsWith(":ro");
      } else {
        assertThat(YamlFiles.map(YamlFiles.get(COMPOSE.content(), "volumes"))).containsKey(source);
      }
    }
    service.map("depends_on").forEach((other, how) -> canBeWaitedFor(other, YamlFiles.map(how)));
  }

  private static void canBeWaitedFor(String name, Map<String, Object> how) {
    Service other = COMPOSE.service(name);
    assertThat(how).containsOnlyKeys("condition");
    if ("service_healthy".equals(how.get("condition"))) {
      assertThat(name.equals("lb") || other.map("healthcheck").containsKey("test")).isTrue();
    } else {
      assertThat(how).containsEntry("condition", "service_completed_successfully");
      assertThat(other.text("entrypoint")).contains("/bin/sh");
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void nothingCanBeReachedFromOtherMachinesAndNothingMayDoMoreThanItMust(Service service) {
    assertThat(service.list("ports")).allMatch(port -> port.startsWith("127.0.0.1:"));
    assertThat(service.content()).containsEntry("read_only", true);
    assertThat(service.list("cap_drop")).containsExactly("ALL");
    assertThat(service.list("security_opt")).containsExactly("no-new-privileges:true");
    assertThat(service.content()).containsKey("mem_limit");
    assertThat(service.text("user")).isEqualTo(service.name().equals("token") ? "0:0" : "");
  }

  @ParameterizedTest
  @MethodSource("services")
  void imagesAreOursOrHaveAVersion(Service service) {
    assertThat(service.content().containsKey("build")).isEqualTo(service.name().equals("lb"));
    if (service.isOurs()) {
      assertThat(service.text("pull_policy"))
          .isEqualTo(service.name().equals("lb") ? "missing" : "never");
    }
    if (!service.isOurs()) {
      assertThat(service.text("image")).matches("[a-z]+/[a-z]+:v?\\d+\\.\\d+\\.\\d+");
      assertThat(service.list("profiles")).containsExactly("observe");
    }
  }

  @Test
  void theBalancerHasTheThreeServersForBackends() throws Exception {
    LobleConfig config = balancer(COMPOSE);
    assertThat(config.id()).isEqualTo("lb-1");
    assertThat(config.listeners()).singleElement().hasFieldOrPropertyWithValue("pool", "default");
    assertThat(config.listeners().get(0).address()).isEqualTo(new HostPort("0.0.0.0", 9000));
    assertThat(pool(config).health().active().interval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(pool(config).backends())
        .extracting(BackendConfig::address)
        .containsExactlyElementsOf(servers().map(ComposeTest::address).toList());
  }

  private static HostPort address(String server) {
    try {
      return new HostPort(server, server(COMPOSE, server).port());
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  /** The port that is published is that of an interface that asks for a token. */
  @Test
  void controlNeedsTheTokenOfTheVolume() throws Exception {
    LobleConfig config = balancer(COMPOSE);
    assertThat(config.admin().address()).isEqualTo(new HostPort("0.0.0.0", 9090));
    assertThat(config.admin().tokenFile()).isNotEmpty();
    Service balancer = COMPOSE.service("lb");
    assertThat(balancer.list("ports"))
        .containsExactly("127.0.0.1:9000:9000", "127.0.0.1:9090:9090");
    assertThat(balancer.list("volumes")).containsExactly("token:/run/loble:ro");
    assertThat(COMPOSE.service("token").list("volumes")).containsExactly("token:/run/loble");
    assertThat(COMPOSE.service("loble").env())
        .containsEntry("LOBLE_TOKEN_FILE", "/run/loble/token")
        .containsEntry("LOBLE_ADMIN", "http://lb:9090");
  }

  @Test
  void theBalancerHasTheTimeThatItsStopMayTake() throws Exception {
    LobleConfig config = balancer(COMPOSE);
    Duration longest = config.timeouts().drain().plus(config.shutdown().delay());
    assertThat(Durations.parse(COMPOSE.service("lb").text("stop_grace_period")).orElseThrow())
        .isGreaterThan(longest.plusSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rr", "lc", "rand", "sticky"})
  void theAlgorithmIsThatOfTheShell(String algorithm) throws Exception {
    LobleConfig config = balancer(Compose.read(Map.of("LB_ALGO", algorithm)));
    assertThat(pool(config).algorithm()).isEqualTo(Algorithm.named(algorithm).orElseThrow());
    assertThat(pool(balancer(COMPOSE)).algorithm()).isEqualTo(Algorithm.ROUND_ROBIN);
  }

  @Test
  void theServersAreAsSlowAndAsSmallAsThoseOfTheReference() throws Exception {
    assertThat(List.of(delay(COMPOSE, 1), delay(COMPOSE, 2), delay(COMPOSE, 3)))
        .containsExactly(0, 150, 500);
    assertThat(List.of(capacity(COMPOSE, 1), capacity(COMPOSE, 2), capacity(COMPOSE, 3)))
        .containsExactly(100, 100, 50);
    Compose other = Compose.read(Map.of("SERVER_3_DELAY_MS", "2000", "SERVER_2_MAX_CONNS", "10"));
    assertThat(delay(other, 3)).isEqualTo(2000);
    assertThat(capacity(other, 2)).isEqualTo(10);
  }

  private static int delay(Compose compose, int server) throws ConfigException {
    return server(compose, "server-" + server).behaviour().delayMillis();
  }

  private static int capacity(Compose compose, int server) throws ConfigException {
    return server(compose, "server-" + server).behaviour().maxConnections();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aServerIsProbedWhereItListens(String name) throws ConfigException {
    ServerSettings settings = server(COMPOSE, name);
    assertThat(settings.id()).isEqualTo(name);
    assertThat(COMPOSE.service(name).command()).containsExactly("server", "--stats=5s");
    assertThat(YamlFiles.texts(COMPOSE.service(name).map("healthcheck"), "test"))
        .containsExactly("CMD", "/opt/loble/bin/healthcheck", "tcp", "" + settings.port());
  }

  @Test
  void theClientsComeToTheBalancer() throws Exception {
    ClientSettings client = client(COMPOSE);
    assertThat(client.target()).isEqualTo(new HostPort("lb", listenerPort(balancer(COMPOSE))));
    assertThat(rate(client)).isEqualTo(2);
    assertThat(rate(client(Compose.read(Map.of("CLIENT_RATE", "20"))))).isEqualTo(20);
  }

  private static double rate(ClientSettings settings) {
    return ((Load.OpenLoop) settings.load()).rate();
  }

  /** The image's own check asks the balancer's admin interface. */
  @ParameterizedTest
  @MethodSource("ours")
  void onlyTheBalancerIsCheckedAsTheImageSays(Service service) {
    boolean otherwise = service.content().containsKey("healthcheck");
    assertThat(otherwise).isEqualTo(!service.name().equals("lb"));
  }

  @Test
  void prometheusAndGrafanaLookAtThisWorld() throws Exception {
    Service prometheus = COMPOSE.service("prometheus");
    assertThat(prometheus.command()).contains("--config.file=/etc/prometheus/compose.yml");
    assertThat(prometheus.list("volumes")).contains("./conf/prometheus:/etc/prometheus:ro");
    String target = "lb:" + balancer(COMPOSE).metrics().address().port();
    assertThat(YamlFiles.text(Path.of("conf/prometheus/compose.yml")))
        .contains("targets: [\"" + target + "\"]", "job_name: loble\n", "- alerts.yml");
    Service grafana = COMPOSE.service("grafana");
    assertThat(grafana.env()).containsEntry("PROMETHEUS_URL", "http://prometheus:9090");
    assertThat(grafana.list("volumes"))
        .contains(
            "./conf/grafana/provisioning:/etc/grafana/provisioning:ro",
            "./conf/grafana/dashboards:/etc/grafana/dashboards:ro");
  }

  private LobleConfig balancer(Compose compose) throws ConfigException, IOException {
    Path token = Files.writeString(files.resolve("token"), "a secret");
    Service service = compose.service("lb");
    assertThat(service.command()).hasSize(3).startsWith("run", "-conf");
    String conf = service.command().get(2).replace("/run/loble/token", token.toString());
    return ConfigLoader.load(
        ConfigLoader.launchOptions(new JsonObject(conf), service.env()), service.env());
  }

  private static PoolConfig pool(LobleConfig config) {
    return Objects.requireNonNull(config.pools().get("default"));
  }

  private static ServerSettings server(Compose compose, String name) throws ConfigException {
    return ServerSettings.fromEnvironment(compose.service(name).env());
  }

  private static ClientSettings client(Compose compose) throws ConfigException {
    return ClientSettings.fromEnvironment(compose.service("client").env());
  }

  private static int listenerPort(LobleConfig balancer) {
    return ((HostPort) balancer.listeners().get(0).address()).port();
  }
}
