package io.loble.upstream.probe;

import static io.loble.upstream.TestMonitor.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.loble.model.ClosedPort;
import io.loble.model.HostPort;
import io.loble.model.Outbound;
import io.loble.upstream.TestConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On Linux's own transport a tcp probe ends before the backend's application hears of it. */
class HandshakeProbeTest {

  private static final int PROBES = 50;
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final int BACKLOG = 2;

  /** For 200 ms the kernel waits before it completes a handshake by itself. */
  private static final Duration IN_TIME = Duration.ofMillis(150);

  @SuppressWarnings("NullAway.Init")
  private Vertx vertx;

  @BeforeEach
  void start() {
    Transport epoll = Transport.EPOLL;
    assumeTrue(epoll != null && epoll.available());
    vertx = Vertx.builder().withTransport(epoll).build();
  }

  @AfterEach
  void close() {
    done(vertx.close());
  }

  @Test
  void noProbeIsAccepted() throws IOException {
    try (ServerSocket server = listening(PROBES)) {
      int late = 0;
      for (int i = 0; i < PROBES; i++) {
        long start = System.nanoTime();
        assertThat(done(probe(server.getLocalPort(), LONG))).isEqualTo(Verdict.FINE);
        late += System.nanoTime() - start > IN_TIME.toNanos() ? 1 : 0;
      }
      assertThat(acceptedBeforeAClient(server)).isLessThanOrEqualTo(late);
      assertThat(late).isLessThan(PROBES);
    }
  }

  @Test
  void aClosedPortRefuses() {
    assertThat(done(probe(ClosedPort.next(), LONG))).isEqualTo(Verdict.bad("connection refused"));
  }

  @Test
  void aFullBacklogDoesNotAnswer() throws IOException {
    List<Socket> clients = new ArrayList<>();
    try (ServerSocket server = listening(BACKLOG)) {
      for (int i = 0; i <= BACKLOG; i++) {
        clients.add(connect(server));
      }
      assertThat(done(probe(server.getLocalPort(), Duration.ofMillis(200))))
          .isEqualTo(new Verdict(Verdict.Kind.CONNECT_TIMED_OUT, "connection timed out"));
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private Future<Verdict> probe(int port, Duration timeout) {
    Promise<Verdict> verdict = Promise.promise();
    Probe<?> probe =
        new Probes(vertx)
            .of(new HostPort("127.0.0.1", port), TestConfig.tcp(timeout), Outbound.PLAIN);
    vertx.runOnContext(v -> probe.run().onComplete(verdict));
    return verdict.future();
  }

  private static ServerSocket listening(int backlog) throws IOException {
    return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }

  private static Socket connect(ServerSocket server) throws IOException {
    Socket client = new Socket();
    client.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 10_000);
    return client;
  }

  /** Connections are accepted in the order in which they came. */
  private static int acceptedBeforeAClient(ServerSocket server) throws IOException {
    try (Socket client = connect(server)) {
      for (int before = 0; ; before++) {
        try (Socket accepted = server.accept()) {
          if (accepted.getPort() == client.getLocalPort()) {
            return before;
          }
        }
      }
    }
  }
}
