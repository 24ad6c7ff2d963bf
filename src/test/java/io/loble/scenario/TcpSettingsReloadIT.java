package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code [tcp]} is changed in the file of a running balancer: connections that come then have it.
 */
@EnabledOnOs(OS.LINUX)
class TcpSettingsReloadIT {

  private final BlockingQueue<Integer> backendsPeers = new LinkedBlockingQueue<>();

  @Test
  void newConnectionsTakeTheNewSettingsAndOpenOnesKeepTheirs(@TempDir Path directory)
      throws Exception {
    try (Server server = Server.start(this::echo);
        Balancer balancer = Balancer.start(directory, toml(server, "100s", "0s"));
        Socket before = connect(balancer.port())) {
      int beforesBackend = backendsPeers.take();
      assertThat(asked(balancer.port(), before))
          .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(50.0, 100.0));

      balancer.rewrite(toml(server, "0s", "1s"));
      awaitVersion(balancer, 2);
      try (Socket after = connect(balancer.port())) {
        int aftersBackend = backendsPeers.take();
        await()
            .atMost(20, SECONDS)
            .until(() -> SocketTimer.keepalive(aftersBackend, server.port()).isPresent());
        assertThat(asked(balancer.port(), after)).isEmpty();
      }
      assertThat(asked(balancer.port(), before)).isPresent();
      assertThat(SocketTimer.keepalive(beforesBackend, server.port())).isEmpty();
    }
  }

  @Test
  void aListenerThatIsAddedTakesTheFilesSettings(@TempDir Path directory) throws Exception {
    try (Server server = Server.start(this::echo);
        Balancer balancer = Balancer.start(directory, toml(server, "100s", "0s"))) {
      String plain = "{\"name\":\"plain\",\"address\":\"127.0.0.1:0\"}";
      String own = "{\"name\":\"own\",\"address\":\"127.0.0.1:0\",\"tcp\":{\"keepalive\":\"50s\"}}";
      try (Socket toPlain = connect(added(balancer, plain));
          Socket toOwn = connect(added(balancer, own))) {
        assertThat(asked(toPlain.getPort(), toPlain)).isEmpty();
        assertThat(asked(toOwn.getPort(), toOwn))
            .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(25.0, 50.0));
      }
    }
  }

  private static int added(Balancer balancer, String listener) {
    JsonObject answer = balancer.admin().command(201, "POST", "listeners", listener);
    String address = answer.getString("address");
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private static String toml(Server server, String ofListener, String ofPools) {
    return Balancer.toml(
        """
        [listener.tcp]
        keepalive = "%s"
        [tcp]
        keepalive = "%s"
        """
            .formatted(ofListener, ofPools),
        Balancer.backend("b", server.port()));
  }

  private static Optional<Double> asked(int port, Socket client) {
    return SocketTimer.keepalive(port, client.getLocalPort());
  }

  /** Probes send nothing, and are not noted. */
  private void echo(Socket socket) throws IOException {
    int first = socket.getInputStream().read();
    if (first >= 0) {
      backendsPeers.add(socket.getPort());
      socket.getOutputStream().write(first);
      socket.getInputStream().transferTo(socket.getOutputStream());
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket client = Ask.connect(port);
    client.getOutputStream().write('x');
    assertThat(client.getInputStream().read()).isEqualTo('x');
    return client;
  }

  private static void awaitVersion(Balancer balancer, long version) {
    await()
        .atMost(10, SECONDS)
        .until(
            () -> balancer.admin().status().getJsonObject("config").getLong("version") == version);
  }
}
