package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners get other names on the ports they had; afterwards every event loop serves the new. */
class ListenerRenameIT {

  private static final int CLIENTS = 40;

  @Test
  void aListenerGetsAnotherName(@TempDir Path directory) throws Exception {
    int port = Peers.freePort();
    try (Server a = Server.start(saying('a'));
        Balancer balancer = Balancer.start(directory, toml(listener("old", port, "a"), a, a))) {
      assertAllAnswer(port, 'a');
      balancer.rewrite(toml(listener("new", port, "a"), a, a));
      await().atMost(20, SECONDS).until(() -> names(balancer).equals(List.of("new")));
      assertAllAnswer(port, 'a');
      assertThat(balancer.admin().status().getJsonObject("config").getString("error")).isNull();
    }
  }

  @Test
  void twoListenersExchangeTheirPorts(@TempDir Path directory) throws Exception {
    int one = Peers.freePort();
    int two = Peers.freePort();
    try (Server a = Server.start(saying('a'));
        Server b = Server.start(saying('b'));
        Balancer balancer =
            Balancer.start(
                directory, toml(listener("x", one, "a") + listener("y", two, "b"), a, b))) {
      assertAllAnswer(one, 'a');
      assertAllAnswer(two, 'b');
      balancer.rewrite(toml(listener("x", two, "a") + listener("y", one, "b"), a, b));
      await().atMost(20, SECONDS).ignoreExceptions().until(() -> allAnswer(one, 'b'));
      await().atMost(20, SECONDS).ignoreExceptions().until(() -> allAnswer(two, 'a'));
    }
  }

  private static Server.Script saying(char word) {
    return socket -> socket.getOutputStream().write(word);
  }

  private static List<String> names(Balancer balancer) {
    return balancer.admin().status().getJsonArray("listeners").stream()
        .map(listener -> ((JsonObject) listener).getString("name"))
        .toList();
  }

  private static void assertAllAnswer(int port, char word) throws IOException {
    assertThat(allAnswer(port, word)).isTrue();
  }

  private static boolean allAnswer(int port, char word) throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      try (Socket client = Ask.connect(port)) {
        if (client.getInputStream().read() != word) {
          return false;
        }
      }
    }
    return true;
  }

  private static String toml(String listeners, Server a, Server b) {
    return """
        [admin]
        address = "127.0.0.1:0"
        %s
        [[pools.a.backends]]
        address = "127.0.0.1:%d"
        [[pools.b.backends]]
        address = "127.0.0.1:%d"
        """
        .formatted(listeners, a.port(), b.port());
  }

  private static String listener(String name, int port, String pool) {
    return """
        [[listeners]]
        name = "%s"
        address = "127.0.0.1:%d"
        pool = "%s"
        """
        .formatted(name, port, pool);
  }
}
