package io.loble.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The machine at one end of a connection is gone from one moment to the next, with neither FIN nor
 * reset. Without keepalive or a user timeout the other end would wait for minutes.
 */
@EnabledOnOs(OS.LINUX)
class VanishedEndIT {

  private static final int PORT = 9000;

  /** Waits for an answer, and then for the end. */
  private static final String SILENT =
      """
      exec 3<>/dev/tcp/$0/$1
      echo INFO >&3
      read -r answer <&3 && echo answered
      cat <&3
      echo ended
      """;

  /** Has an answer, and then sends a byte again and again. */
  private static final String TRICKLING =
      """
      trap '' PIPE
      exec 3<>/dev/tcp/$0/$1
      echo INFO >&3
      read -r answer <&3 && echo answered
      while printf x >&3; do sleep 0.1; done
      echo ended
      """;

  private final Path directory;

  VanishedEndIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void aBackendThatVanishesFromASilentConnectionIsNoticed(String transport) throws IOException {
    try (TwoMachines machines = TwoMachines.start();
        Program server = machines.there(directory, Map.of("SERVER_PORT", "8081"), server());
        Program balancer =
            balancer(machines, transport, TwoMachines.THERE, "[pools.default.tcp]", "keepalive")) {
      server.awaitOut("listening on");
      try (Program client = machines.here(directory, Map.of(), client(SILENT, "127.0.0.1"))) {
        client.awaitOut("answered");
        machines.pull();
        client.awaitOut("ended");
        balancer.awaitOut("end=backend_reset");
      }
    }
  }

  @Test
  void aBackendThatVanishesWhileTheClientTricklesBytesIsNoticed() throws IOException {
    try (TwoMachines machines = TwoMachines.start();
        Program server = machines.there(directory, Map.of("SERVER_PORT", "8081"), server());
        Program balancer =
            balancer(machines, "epoll", TwoMachines.THERE, "[pools.default.tcp]", "user_timeout")) {
      server.awaitOut("listening on");
      try (Program client = machines.here(directory, Map.of(), client(TRICKLING, "127.0.0.1"))) {
        client.awaitOut("answered");
        machines.pull();
        client.awaitOut("ended");
        balancer.awaitOut("end=backend_reset");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void aClientThatVanishesIsNoticed(String transport) throws IOException {
    try (TwoMachines machines = TwoMachines.start();
        Program server = machines.here(directory, Map.of("SERVER_PORT", "8081"), server());
        Program balancer =
            balancer(machines, transport, "127.0.0.1", "[listener.tcp]", "keepalive")) {
      server.awaitOut("listening on");
      try (Program client = machines.there(directory, Map.of(), client(SILENT, TwoMachines.HERE))) {
        client.awaitOut("answered");
        machines.pull();
        balancer.awaitOut("end=client_reset");
      }
    }
  }

  private Program balancer(
      TwoMachines machines, String transport, String backend, String table, String key)
      throws IOException {
    String toml =
        """
        [listener]
        address = "0.0.0.0:%d"
        [admin]
        address = "127.0.0.1:0"
        [logging]
        access = true
        [health.active]
        enabled = false
        [tcp]
        keepalive = "0s"
        %s
        %s = "1s"
        [[backends]]
        address = "%s:8081"
        """
            .formatted(PORT, table, key, backend);
    Files.writeString(directory.resolve("loble.toml"), toml);
    String conf = "{\"config\": \"loble.toml\", \"transport\": \"" + transport + "\"}";
    Program balancer = machines.here(directory, Map.of(), Loble.command("run", "-conf", conf));
    balancer.awaitOut("loble \\S+ runs");
    return balancer;
  }

  private static List<String> server() {
    return Loble.command("server");
  }

  private static List<String> client(String script, String balancer) {
    return List.of("bash", "-c", script, balancer, Integer.toString(PORT));
  }
}
