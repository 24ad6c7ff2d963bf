package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On Linux the jar as it is takes epoll and splices bulk, and says so of each connection. */
@EnabledOnOs(OS.LINUX)
class RelayPathIT {

  private static final int ANSWER = 16 << 20;

  @Test
  void bulkIsSpliced(@TempDir Path directory) throws Exception {
    try (Server server = Server.start(socket -> socket.getOutputStream().write(new byte[ANSWER]));
        Balancer balancer =
            Balancer.start(
                directory,
                Balancer.toml(
                    Balancer.backend("b", server.port()), "[logging]\naccess = true\n"))) {
      try (Socket client = Ask.connect(balancer.port())) {
        assertThat(client.getInputStream().readAllBytes()).hasSize(ANSWER);
      }
      balancer.program().awaitOut("transport=\"?epoll\"? pump=\"?splice\"?");
      await().atMost(10, SECONDS).until(() -> balancer.admin().active() == 0);
      assertThat(balancer.admin().get("/metrics").body())
          .contains(
              "loble_listener_connections_relayed_total"
                  + "{listener=\"default\",pump=\"splice\",transport=\"epoll\"} 1.0");
      assertThat(balancer.admin().status().getString("transport")).isEqualTo("epoll");
    }
  }
}
