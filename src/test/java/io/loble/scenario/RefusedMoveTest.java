package io.loble.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A listener is to move to an address that this machine does not have: refused, and neither the
 * listener nor its connections have noticed.
 */
class RefusedMoveTest {

  /** Reserved for documentation. */
  private static final String NOBODYS = "203.0.113.7";

  @Test
  void onAFixedPort(@TempDir Path directory) throws Exception {
    refuses(directory, Peers.freePort());
  }

  @Test
  void onAnyPort(@TempDir Path directory) throws Exception {
    refuses(directory, 0);
  }

  private static void refuses(Path directory, int port) throws Exception {
    try (Server server = Server.echoing()) {
      ConfigFile file = ConfigFile.create(directory, toml("127.0.0.1:" + port, server));
      try (InProcess balancer = InProcess.start(file.path(), "1h")) {
        Faces faces = new Faces(balancer.vertx(), 0);
        int bound = port(faces);
        try (Socket client = Ask.connect(bound)) {
          echoes(client);
          file.rename(toml(NOBODYS + ':' + port, server));
          assertThat(faces.overBus(Call.of("config.reload")).status()).isEqualTo(409);
          assertThat(port(faces)).isEqualTo(bound);
          echoes(client);
          Ask.connect(bound).close();
        }
      }
    }
  }

  private static void echoes(Socket client) throws IOException {
    client.getOutputStream().write("hello".getBytes(US_ASCII));
    assertThat(client.getInputStream().readNBytes(5)).asString(US_ASCII).isEqualTo("hello");
  }

  private static int port(Faces faces) {
    ShownState shown = new ShownState(faces.overBus(Call.of("status")).body());
    String listener = shown.listeners().getOrDefault("default", "none:0");
    return Integer.parseInt(listener.substring(listener.lastIndexOf(':') + 1));
  }

  private static String toml(String address, Server server) {
    return """
        timeouts.drain = "0s"
        [listener]
        address = "%s"
        [admin]
        address = "127.0.0.1:0"
        [[backends]]
        address = "127.0.0.1:%d"
        """
        .formatted(address, server.port());
  }
}
