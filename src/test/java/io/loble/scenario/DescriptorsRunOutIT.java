package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** More clients come than the process has descriptors for; when they leave, nothing is missing. */
@EnabledOnOs(OS.LINUX)
class DescriptorsRunOutIT {

  private static final int DESCRIPTORS = 160;
  private static final int CLIENTS = 200;

  @Test
  void everythingIsGivenBack(@TempDir Path directory) throws Exception {
    try (Server server = Server.echoing()) {
      String toml =
          Balancer.toml(
              Balancer.backend("b", server.port()),
              "[limits]\nmax_connections = 5000\n[health.active]\ninterval = \"50ms\"\ntimeout = \"10s\"\n");
      Files.writeString(directory.resolve("loble.toml"), toml);
      try (Balancer balancer =
          Balancer.of(
              directory,
              Loble.startWithin(
                  DESCRIPTORS, directory, "run", "-conf", "{\"config\": \"loble.toml\"}"))) {
        balancer
            .program()
            .awaitOut("max_connections allows 5000 .* file descriptors are enough for \\d+ only");
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(Ask.connect(balancer.port()));
        }
        balancer.program().awaitOut("Too many open files");
        balancer.program().awaitOut("cannot connect \\w+ to backends: too many open files; ");
        for (Socket client : clients) {
          client.close();
        }
        await().atMost(20, SECONDS).ignoreExceptions().until(() -> balancer.admin().active() == 0);
        assertEchoes(balancer.port());
        assertThat(balancer.program().isAlive()).isTrue();
        assertThat(balancer.program().out())
            .doesNotContainPattern("(?s)cannot connect clients .*cannot connect clients ")
            .doesNotContainPattern("(?s)cannot connect probes .*cannot connect probes ")
            .doesNotContain(" DOWN ");
      }
    }
  }

  private static void assertEchoes(int port) throws IOException {
    try (Socket client = Ask.connect(port)) {
      client.getOutputStream().write('x');
      assertThat(client.getInputStream().read()).isEqualTo('x');
    }
  }
}
