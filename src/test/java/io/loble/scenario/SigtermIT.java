package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM lets what is open finish, and with a delay also lets in who has not heard of it. */
class SigtermIT {

  private static final int CHUNK = 64 * 1024;
  private static final int CHUNKS = 1_600;
  private static final int CHUNKS_BEFORE = 16;
  private static final long SEED = 20_17;

  @Test
  void anOpenTransferIsFinished(@TempDir Path directory) throws Exception {
    try (Server server = Server.start(SigtermIT::sendAll);
        Balancer balancer =
            Balancer.start(directory, Balancer.toml(Balancer.backend("big", server.port())));
        Socket client = Ask.connect(balancer.port())) {
      Random expected = new Random(SEED);
      receive(client.getInputStream(), expected, CHUNKS_BEFORE);

      balancer.program().terminate();
      balancer.program().awaitOut("\\[drain] stopping");
      await().atMost(5, SECONDS).untilAsserted(() -> assertRefused(balancer.port()));
      assertThat(balancer.admin().get("/readyz").statusCode()).isEqualTo(503);
      assertThat(balancer.admin().status().getBoolean("draining")).isTrue();

      receive(client.getInputStream(), expected, CHUNKS - CHUNKS_BEFORE);
      assertThat(client.getInputStream().read()).as("the end").isEqualTo(-1);
      client.shutdownOutput();
      assertThat(balancer.program().exitCode()).isZero();
      // Those that were accepted while the port was about to be closed are drained, too.
      assertThat(balancer.program().out())
          .containsPattern("\\[drain] [1-9]\\d* connections drained, 0 cut");
    }
  }

  @Test
  void newClientsAreServedUntilTheDelayIsOver(@TempDir Path directory) throws Exception {
    try (Server server = Server.acking();
        Balancer balancer =
            Balancer.start(
                directory,
                Balancer.toml(
                    "[shutdown]\ndelay = \"3s\"", Balancer.backend("b", server.port())))) {
      balancer.program().terminate();
      await()
          .atMost(5, SECONDS)
          .untilAsserted(
              () -> assertThat(balancer.admin().get("/readyz").statusCode()).isEqualTo(503));

      Ask.forAck(balancer.port());
      try (Socket early = Ask.connect(balancer.port())) {
        await().atMost(10, SECONDS).untilAsserted(() -> assertRefused(balancer.port()));
        assertThat(balancer.program().isAlive()).as("an open connection is waited for").isTrue();
        Ask.forAck(early);
      }
      assertThat(balancer.program().exitCode()).isZero();
      assertThat(balancer.program().out())
          .contains("[drain] stopping: new connections for another 3000 ms")
          .containsPattern("\\[drain] [1-9]\\d* connections drained, 0 cut");
    }
  }

  private static void sendAll(Socket socket) throws IOException {
    Random random = new Random(SEED);
    byte[] chunk = new byte[CHUNK];
    for (int i = 0; i < CHUNKS; i++) {
      random.nextBytes(chunk);
      socket.getOutputStream().write(chunk);
    }
  }

  private static void receive(InputStream in, Random random, int chunks) throws IOException {
    byte[] expected = new byte[CHUNK];
    for (int i = 0; i < chunks; i++) {
      random.nextBytes(expected);
      assertThat(in.readNBytes(CHUNK)).isEqualTo(expected);
    }
  }

  private static void assertRefused(int port) {
    assertThatThrownBy(() -> Ask.connect(port).close()).isInstanceOf(ConnectException.class);
  }
}
