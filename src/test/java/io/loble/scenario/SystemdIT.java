package io.loble.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.ConfigException;
import io.loble.config.LaunchOptions;
import io.loble.config.LobleConfig;
import io.loble.config.source.ConfigLoader;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainDatagramSocketAddress;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unit file of conf/systemd, and what a process that was started by it tells systemd. */
@EnabledOnOs(OS.LINUX)
class SystemdIT {

  private static final Path SAMPLES = Path.of("conf/systemd");

  /** What docs/operations.md says of it. */
  private static final Duration HANDING_OVER = Duration.ofSeconds(3);

  /** What the JVM exits with then, as docs/operations.md says. */
  private static final int OUT_OF_MEMORY = 3;

  private static final int CLOSED_PORT = 1;

  private static final Path UNIT = SAMPLES.resolve("loble@.service");

  @Test
  void systemdFindsNothingWrongWithTheUnit(@TempDir Path directory) throws Exception {
    String unit = UNIT.getFileName().toString();
    // Java may be elsewhere on this machine, and would be missed.
    String here = Files.readString(UNIT).replace("/usr/bin/java", Loble.command().get(0));
    Files.writeString(directory.resolve(unit), here);
    List<String> verify = List.of(Peers.path("systemd-analyze"), "verify", "./" + unit);
    try (Program program = Program.start(directory, Map.of(), verify)) {
      assertThat(program.exitCode()).isZero();
      assertThat(program.toString()).as("keys that it does not know, among others").isEmpty();
    }
  }

  @Test
  void itsCommandTellsWhenItRunsAndWhenItStops(@TempDir Path directory) throws Exception {
    Path notify = directory.resolve("notify");
    Epoll.ensureAvailability();
    Socket manager = Socket.newSocketDomainDgram();
    try (Server server = Server.acking()) {
      manager.bind(new DomainSocketAddress(notify.toString()));
      Files.writeString(
          directory.resolve("blue.json"), "{\"id\": \"blue\", \"config\": \"loble.toml\"}");
      Files.writeString(
          directory.resolve("loble.toml"), Balancer.toml(Balancer.backend("b", server.port())));
      try (Balancer balancer =
          Balancer.of(directory, Program.start(directory, variables(notify), command()))) {
        assertThat(received(manager)).startsWith("READY=1\nSTATUS=listeners: default on 127.0.0.1");
        Ask.forAck(balancer.port());
        Program.run(directory, reload(balancer.program().pid()));
        balancer.program().awaitOut("\\[config] SIGHUP: nothing to change");
        balancer.program().signal("USR2");
        balancer.program().awaitOut("SIGUSR2 does nothing here");
        balancer.program().terminate();
        assertThat(received(manager)).startsWith("STOPPING=1\n");
        assertThat(balancer.program().exitCode()).isZero();
      }
    } finally {
      manager.close();
    }
  }

  /** Without its flag, threads would end one by one, and what is left of it would serve nobody. */
  @Test
  void whereMemoryRunsOutItsCommandEndsAndIsStartedAgain(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("blue.json"), "{\"config\": \"loble.toml\"}");
    Files.writeString(
        directory.resolve("loble.toml"), Balancer.toml(Balancer.backend("b", CLOSED_PORT)));
    Map<String, String> tooLittle = Map.of("JAVA_TOOL_OPTIONS", "-Xmx6m -XX:+UseSerialGC");
    try (Program program = Program.start(directory, tooLittle, command())) {
      assertThat(program.exitCode()).as("%s", program).isEqualTo(OUT_OF_MEMORY);
      assertThat(program.out()).contains("java.lang.OutOfMemoryError");
    }
    assertThat(value("Restart")).isEqualTo("always");
    assertThat(value("RestartPreventExitStatus")).doesNotContain("" + OUT_OF_MEMORY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"blue", "green"})
  void itsInstancesShareAPortAndMayStopInTheirTime(String instance) throws Exception {
    LobleConfig config = config(instance);
    assertThat(config.id()).isEqualTo(instance);
    assertThat(config.listeners()).isNotEmpty().allMatch(listener -> listener.reusePort());
    Duration stopping =
        config.shutdown().delay().plus(HANDING_OVER).plus(config.timeouts().drain());
    assertThat(Duration.ofSeconds(Long.parseLong(value("TimeoutStopSec"))))
        .isGreaterThan(stopping.plusSeconds(5));
  }

  @Test
  void itsInstancesHaveAnAdminInterfaceEach() throws Exception {
    assertThat(config("blue").admin().address()).isNotEqualTo(config("green").admin().address());
  }

  private static LobleConfig config(String instance) throws IOException, ConfigException {
    JsonObject conf = new JsonObject(Files.readString(SAMPLES.resolve(instance + ".json")));
    conf.put("config", SAMPLES.resolve(conf.getString("config")).toString());
    LaunchOptions launch = ConfigLoader.launchOptions(conf, Map.of());
    return ConfigLoader.load(launch, Map.of());
  }

  /** The unit's command for the instance "blue", with this Java and the jar of this build. */
  private static List<String> command() throws IOException {
    List<String> command =
        new ArrayList<>(List.of(value("ExecStart").replace("%i", "blue").split(" ", -1)));
    List<String> ours = Loble.command();
    command.set(0, ours.get(0));
    command.set(command.indexOf("-jar") + 1, ours.get(ours.indexOf("-jar") + 1));
    return command;
  }

  /** What systemd sets, and what the unit has it set. */
  private static Map<String, String> variables(Path notify) throws IOException {
    String[] ours = value("Environment").split("=", 2);
    return Map.of("NOTIFY_SOCKET", notify.toString(), ours[0], ours[1]);
  }

  /** What {@code systemctl reload} runs. */
  private static List<String> reload(long pid) throws IOException {
    return List.of(value("ExecReload").replace("$MAINPID", Long.toString(pid)).split(" ", -1));
  }

  private static String value(String key) throws IOException {
    return Files.readAllLines(UNIT).stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private static String received(Socket manager) {
    ByteBuffer datagram = ByteBuffer.allocateDirect(4096);
    DomainDatagramSocketAddress from =
        await()
            .atMost(10, SECONDS)
            .until(() -> manager.recvFromDomainSocket(datagram, 0, 4096), sender -> sender != null);
    datagram.limit(from.receivedAmount());
    return UTF_8.decode(datagram).toString();
  }
}
