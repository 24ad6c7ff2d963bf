package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernel has no local port left for a connect to a backend. That says nothing about the
 * backend, for clients and for probes alike.
 */
@EnabledOnOs(OS.LINUX)
class LocalPortsRunOutIT {

  private static final int PORTS = 16;

  /**
   * Holds more connections than there are ports to a backend. To the balancer they go by several of
   * its addresses, each of which has as many ports.
   */
  private static final String MANY =
      """
      answered=0
      for i in $(seq 40); do
        exec {held}<>/dev/tcp/127.0.0.$((2 + i % 4))/$0
        echo INFO >&$held && read -r -t 10 answer <&$held && answered=$((answered + 1))
      done 2>/dev/null
      echo "answered $answered"
      read -r go
      """;

  private static final String ONE =
      """
      exec 3<>/dev/tcp/127.0.0.1/$0
      echo INFO >&3
      read -r answer <&3 && echo answered
      """;

  private final Path directory;

  LocalPortsRunOutIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void theBackendStaysInRotation(String transport) throws IOException {
    try (TwoMachines machines = TwoMachines.start();
        Program server =
            machines.here(directory, Map.of("SERVER_PORT", "8081"), Loble.command("server"));
        Program balancer = balancer(machines, server, transport)) {
      allow(machines, PORTS);
      try (Program clients = machines.here(directory, Map.of(), client(MANY))) {
        String answered = clients.awaitOut("answered (\\d+)").group(1);
        assertThat(Integer.parseInt(answered)).isBetween(1, PORTS);
        balancer.awaitOut("cannot connect clients to backends: ");
      }
      // Those that were used rest for a minute.
      allow(machines, 100 * PORTS);
      try (Program client = machines.here(directory, Map.of(), client(ONE))) {
        client.awaitOut("answered");
      }
      assertThat(balancer.out()).doesNotContain(" DOWN ");
    }
  }

  private void allow(TwoMachines machines, int ports) throws IOException {
    String range = "40000 " + (40_000 + ports - 1);
    try (Program set =
        machines.here(
            directory,
            Map.of(),
            List.of(
                "bash",
                "-c",
                "echo $0 > /proc/sys/net/ipv4/ip_local_port_range && echo done",
                range))) {
      set.awaitOut("done");
    }
  }

  private Program balancer(TwoMachines machines, Program server, String transport)
      throws IOException {
    // Else the first probe might be refused, which says DOWN.
    server.awaitOut("listening on");
    Files.writeString(
        directory.resolve("loble.toml"),
        """
        [listener]
        address = "0.0.0.0:9000"
        [admin]
        address = "127.0.0.1:0"
        [health]
        failure_threshold = 1
        [health.active]
        interval = "50ms"
        timeout = "2s"
        [[backends]]
        address = "127.0.0.1:8081"
        """);
    String conf = "{\"config\": \"loble.toml\", \"transport\": \"" + transport + "\"}";
    Program balancer = machines.here(directory, Map.of(), Loble.command("run", "-conf", conf));
    balancer.awaitOut("loble \\S+ runs");
    return balancer;
  }

  private static List<String> client(String script) {
    return List.of("bash", "-c", script, "9000");
  }
}
