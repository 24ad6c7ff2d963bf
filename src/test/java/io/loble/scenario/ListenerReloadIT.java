package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A listener is added to the file of a running balancer and taken out again; a connection that came
 * through it goes on, and the listener beside it serves all the time.
 */
class ListenerReloadIT {

  @Test
  void aListenerComesAndGoes(@TempDir Path directory) throws Exception {
    try (Server server = Server.acking();
        Server echo = Server.echoing()) {
      String one = Balancer.toml(Balancer.backend("b", server.port()));
      int port = Peers.freePort();
      try (Balancer balancer = Balancer.start(directory, one);
          Traffic traffic = new Traffic(balancer.port())) {
        balancer.rewrite(one + listener(port) + pool(echo.port()));
        await().ignoreExceptions().atMost(10, SECONDS).until(() -> accepts(port));
        try (Socket open = Ask.connect(port)) {
          assertEchoes(open);
          balancer.rewrite(one);
          await().atMost(10, SECONDS).untilAsserted(() -> assertRefused(port));
          assertEchoes(open);
        }
        assertThat(balancer.admin().status().getJsonArray("listeners")).hasSize(1);
        assertThat(traffic.failures()).isEmpty();
        assertThat(traffic.answered()).isPositive();
      }
    }
  }

  private static String listener(int port) {
    return """
        [[listeners]]
        name = "second"
        address = "127.0.0.1:%d"
        pool = "echo"
        """
        .formatted(port);
  }

  private static String pool(int port) {
    return """
        [[pools.echo.backends]]
        address = "127.0.0.1:%d"
        """
        .formatted(port);
  }

  private static boolean accepts(int port) throws IOException {
    Ask.connect(port).close();
    return true;
  }

  private static void assertEchoes(Socket socket) throws Exception {
    socket.getOutputStream().write('x');
    assertThat(socket.getInputStream().read()).isEqualTo('x');
  }

  private static void assertRefused(int port) {
    assertThatThrownBy(() -> Ask.connect(port).close()).isInstanceOf(ConnectException.class);
  }
}
