package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * As many clients are served as docs/behaviour.md says, and the admin port answers all the same.
 */
class DescriptorLimitIT {

  private static final int MORE = 20;

  /** More than 16 would have more descriptors kept for them. */
  private static final List<String> FEW_CORES = List.of("-XX:ActiveProcessorCount=2");

  @ParameterizedTest
  @CsvSource({"400, 111", "1000, 373"})
  void theLimitIsWhatIsWritten(int descriptors, int clients, @TempDir Path directory)
      throws Exception {
    List<Socket> open = new ArrayList<>();
    try (Server server = Server.echoing()) {
      String toml =
          Balancer.toml(Balancer.backend("b", server.port()), "[health.active]\nenabled = false\n");
      Files.writeString(directory.resolve("loble.toml"), toml);
      try (Balancer balancer =
          Balancer.of(
              directory,
              Loble.startWithin(
                  descriptors,
                  directory,
                  FEW_CORES,
                  "run",
                  "-conf",
                  "{\"config\": \"loble.toml\"}"))) {
        balancer.program().awaitOut("at most " + clients + " clients are served at once");
        for (int i = 0; i < clients; i++) {
          open.add(served(balancer.port()));
        }
        for (int i = 0; i < MORE; i++) {
          isTurnedAway(balancer.port());
        }
        await().atMost(20, SECONDS).until(() -> rejected(balancer) == MORE);
        // Of the listener, and of the backend.
        assertThat(balancer.admin().active()).isEqualTo(2L * clients);
        assertThat(balancer.admin().get("/metrics").body())
            .contains("loble_connections_limit " + clients + ".0");
      }
    } finally {
      for (Socket client : open) {
        client.close();
      }
    }
  }

  private static long rejected(Balancer balancer) {
    return balancer.admin().status().getJsonArray("listeners").getJsonObject(0).getLong("rejected");
  }

  private static void isTurnedAway(int port) {
    assertThatThrownBy(
            () -> {
              try (Socket client = Ask.connect(port)) {
                assertThat(client.getInputStream().read()).isEqualTo(-2);
              }
            })
        .isInstanceOf(SocketException.class);
  }

  private static Socket served(int port) throws IOException {
    Socket client = Ask.connect(port);
    client.getOutputStream().write('x');
    assertThat(client.getInputStream().read()).isEqualTo('x');
    return client;
  }
}
