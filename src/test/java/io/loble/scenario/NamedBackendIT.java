package io.loble.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name with two addresses, of which one is dead, is one backend that works. */
class NamedBackendIT {

  private static final int CLIENTS = 40;

  @Test
  void oneDeadAddressOfANameIsMadeUpForByTheOther(@TempDir Path directory) throws Exception {
    Vertx vertx = Vertx.vertx();
    int port = OneAddressServer.start(vertx, "127.0.0.3");
    try (NameServer names = NameServer.start("127.0.0.2", "127.0.0.3");
        Balancer balancer = start(directory, names, port)) {
      for (int i = 0; i < CLIENTS; i++) {
        assertThat(echo(balancer.port(), "client " + i)).isEqualTo("client " + i);
      }
      assertThat(balancer.admin().state("named")).isEqualTo("healthy");
      assertThat(balancer.program().out()).doesNotContain(" DOWN ");
    } finally {
      vertx.close().await();
    }
  }

  private static String echo(int port, String text) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(Program.PATIENCE_SECONDS * 1000);
      client.getOutputStream().write(text.getBytes(US_ASCII));
      client.shutdownOutput();
      return new String(client.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static Balancer start(Path directory, NameServer names, int port) throws IOException {
    String toml =
        Balancer.toml(
            "[balancer]\nretries = 0\n[health.active]\ninterval = \"50ms\"",
            Balancer.backend("named", port).replace("127.0.0.1", "two.test"));
    Files.writeString(directory.resolve("loble.toml"), toml);
    String resolver =
        "{\"addressResolverOptions\": {\"servers\": [\"127.0.0.1:" + names.port() + "\"]}}";
    return Balancer.of(
        directory,
        Loble.start(
            directory,
            Map.of(),
            "run",
            "-conf",
            "{\"config\": \"loble.toml\"}",
            "-options",
            resolver));
  }

  /** Echoes on one address only, which the kernel's other loopback addresses do not reach. */
  private static final class OneAddressServer {

    static int start(Vertx vertx, String host) {
      return vertx
          .createNetServer()
          .connectHandler(socket -> socket.pipeTo(socket))
          .listen(0, host)
          .await()
          .actualPort();
    }
  }
}
