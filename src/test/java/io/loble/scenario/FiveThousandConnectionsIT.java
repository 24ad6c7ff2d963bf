package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five thousand connections are open at once, and every one of them works. */
class FiveThousandConnectionsIT {

  private static final int CONNECTIONS = 5_000;
  private static final int THREADS = 16;

  @Test
  void allOfThemGetTheirAnswer(@TempDir Path directory) throws Exception {
    List<SimulatedServer> servers = SimulatedServer.start(directory, 1);
    String toml = Balancer.toml(SimulatedServer.backends(servers));
    try (Balancer balancer = Balancer.start(directory, toml)) {
      List<Socket> sockets = inParallel(() -> connect(balancer.port()));
      // Each counts once at its listener and once at its backend.
      await().atMost(20, SECONDS).until(() -> balancer.admin().active() == 2 * CONNECTIONS);
      for (Socket socket : sockets) {
        socket.getOutputStream().write("REQ 1\n".getBytes(StandardCharsets.UTF_8));
      }
      for (Socket socket : sockets) {
        assertThat(socket.getInputStream().readNBytes(4)).asString().isEqualTo("ACK\n");
        socket.close();
      }
      await().atMost(20, SECONDS).until(() -> balancer.admin().active() == 0);
      assertThat(balancer.admin().total("server-1")).isEqualTo(CONNECTIONS);
    } finally {
      SimulatedServer.close(servers);
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static List<Socket> inParallel(Callable<Socket> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Socket>> results = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      results.add(threads.submit(task));
    }
    threads.shutdown();
    List<Socket> sockets = new ArrayList<>();
    for (Future<Socket> result : results) {
      sockets.add(result.get(60, SECONDS));
    }
    return sockets;
  }
}
