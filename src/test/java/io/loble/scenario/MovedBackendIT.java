package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that is made anew has its name still, and perhaps another address. */
class MovedBackendIT {

  private static final String BEFORE = "127.0.0.2";
  private static final String AFTER = "127.0.0.3";
  private static final int PATIENCE_MILLIS = 15_000;

  @Test
  void aBackendThatHasMovedIsFoundLongBeforeItsNameServerSaysSo(@TempDir Path directory)
      throws Exception {
    int port = Peers.freePort();
    ServerSocket before = listening(BEFORE, port);
    try (NameServer names = NameServer.start(BEFORE);
        Balancer balancer = start(directory, names, port)) {
      assertReached(before, balancer);
      before.close();
      awaitState(balancer, "unhealthy");
      names.move(AFTER);
      try (ServerSocket after = listening(AFTER, port)) {
        awaitState(balancer, "healthy");
        assertReached(after, balancer);
      }
    } finally {
      before.close();
    }
  }

  /** By a client: probes end before they are accepted, or say nothing. */
  private static void assertReached(ServerSocket server, Balancer balancer) throws IOException {
    try (Socket client = Ask.connect(balancer.port())) {
      client.getOutputStream().write('x');
      boolean reached = false;
      while (!reached) {
        reached = acceptsOneThatTalks(server);
      }
    }
  }

  private static boolean acceptsOneThatTalks(ServerSocket server) throws IOException {
    try (Socket accepted = server.accept()) {
      return accepted.getInputStream().read() == 'x';
    } catch (SocketException e) {
      // A probe of a machine that is too busy to end it in time.
      return false;
    }
  }

  private static ServerSocket listening(String address, int port) throws IOException {
    ServerSocket socket = new ServerSocket(port, 1024, InetAddress.getByName(address));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void awaitState(Balancer balancer, String state) {
    await().atMost(10, SECONDS).until(() -> balancer.admin().state("moving"), state::equals);
  }

  private static Balancer start(Path directory, NameServer names, int port) throws IOException {
    String toml =
        Balancer.toml(
            "[health.active]\ninterval = \"100ms\"",
            Balancer.backend("moving", port).replace("127.0.0.1", "moving.test"));
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
}
