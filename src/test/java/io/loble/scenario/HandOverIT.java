package io.loble.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One process takes a port over from another while clients come, and none of them is refused or
 * cut: an upgrade, a second one, and one that is taken back.
 */
class HandOverIT {

  private static final String HANDED_OVER = "new clients go to another process";

  @Test
  void nobodyIsRefusedOrCutWhenAnotherProcessTakesOver(@TempDir Path directory) throws Exception {
    try (Server server = Server.start(HandOverIT::answerEveryLine);
        Balancer first = start(directory, "first", server, 0);
        Socket open = Ask.connect(first.port());
        SlowHandshakes clients = new SlowHandshakes(first.port())) {
      int port = first.port();
      Ask.forAck(open);
      try (Balancer second = start(directory, "second", server, port)) {
        stop(first, clients);
        await().atMost(20, SECONDS).until(() -> listeners(first).isEmpty());
        Ask.forAck(open);
        open.shutdownOutput();
        assertThat(open.getInputStream().read()).isEqualTo(-1);
        assertEnded(first);

        try (Balancer third = start(directory, "third", server, port)) {
          stop(second, clients);
          assertEnded(second);

          try (Balancer takenBack = start(directory, "fourth", server, port)) {
            awaitAccepting(takenBack);
            stop(takenBack, clients);
            assertEnded(takenBack);
          }
          clients.end();
          assertThat(clients.failures()).isEmpty();
          assertThat(accepted(third)).isPositive();
        }
      }
    }
  }

  private static Balancer start(Path directory, String name, Server server, int port)
      throws IOException {
    String toml =
        Balancer.toml(Balancer.backend("b", server.port()))
            .replace(
                "address = \"127.0.0.1:0\"\n[admin]",
                "address = \"127.0.0.1:" + port + "\"\nreuse_port = true\n[admin]");
    return Balancer.start(Files.createDirectory(directory.resolve(name)), toml);
  }

  /** Stops it in the middle of what clients do. */
  private static void stop(Balancer balancer, SlowHandshakes clients) {
    int before = clients.answered();
    await().atMost(20, SECONDS).until(() -> clients.answered() > before + 50);
    balancer.program().terminate();
    balancer.program().awaitOut(HANDED_OVER);
  }

  private static void assertEnded(Balancer balancer) {
    assertThat(balancer.program().exitCode()).isZero();
    assertThat(balancer.program().out())
        .containsPattern("\\[drain] \\d+ connections drained, 0 cut");
  }

  private static void awaitAccepting(Balancer balancer) {
    await().atMost(20, SECONDS).until(() -> accepted(balancer) > 0);
  }

  private static long accepted(Balancer balancer) {
    return listeners(balancer).getJsonObject(0).getLong("accepted");
  }

  private static JsonArray listeners(Balancer balancer) {
    return balancer.admin().status().getJsonArray("listeners");
  }

  private static void answerEveryLine(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    while (in.readLine() != null) {
      socket.getOutputStream().write("ACK\n".getBytes(US_ASCII));
    }
  }
}
