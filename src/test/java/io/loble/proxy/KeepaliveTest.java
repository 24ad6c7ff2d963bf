package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.loble.model.TcpSettings;
import io.loble.scenario.SocketTimer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Which of a connection's two other ends the kernel asks whether they are there, and when. */
@EnabledOnOs(OS.LINUX)
@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class KeepaliveTest {

  private static final TcpSettings NEVER = asking(0);

  /** Longer than it takes until keepalive is switched on for a connection that is not short. */
  private static final int PATIENCE_SECONDS = 30;

  private final RelayMode mode;

  KeepaliveTest(RelayMode mode) {
    this.mode = mode;
  }

  private static TcpSettings asking(int seconds) {
    return new TcpSettings(Duration.ofSeconds(seconds), Duration.ZERO);
  }

  @Test
  void eachSideIsAskedAfterItsOwnTime() throws Exception {
    try (Relayed relayed = new Relayed(mode, asking(100), asking(2))) {
      assertThat(relayed.awaitBackendAsked()).isBetween(0.0, 2.0);
      assertThat(relayed.awaitClientAsked()).isBetween(50.0, 100.0);
    }
  }

  @Test
  void aListenerThatSaysNeverDoesNotAsk() throws Exception {
    try (Relayed relayed = new Relayed(mode, NEVER, asking(1))) {
      relayed.awaitBackendAsked();
      assertThat(relayed.clientAsked()).isEmpty();
    }
  }

  @Test
  void aPoolThatSaysNeverDoesNotAsk() throws Exception {
    try (Relayed relayed = new Relayed(mode, asking(1), NEVER);
        Relayed both = new Relayed(mode, NEVER, asking(1))) {
      relayed.awaitClientAsked();
      // By now a backend's socket that began later has it.
      both.awaitBackendAsked();
      assertThat(relayed.backendAsked()).isEmpty();
    }
  }

  /** Not one call for the sockets of a connection that is short: the most frequent kind. */
  @Test
  void clientsInheritItAndBackendsAreNotAskedBeforeTheConnectionIsOld() throws Exception {
    assumeTrue(mode.hasOwnSockets(), "Vert.x's sockets inherit nothing");
    try (Relayed relayed = new Relayed(mode, TcpSettings.DEFAULT, TcpSettings.DEFAULT)) {
      assertThat(relayed.clientAsked()).hasValueSatisfying(KeepaliveTest::isAboutTwoMinutes);
      assertThat(relayed.backendAsked()).isEmpty();
    }
  }

  @Test
  void withoutAWordInTheFileBothSidesAreAskedAfterTwoMinutes() throws Exception {
    assumeTrue(mode != RelayMode.SPLICES, "ten seconds are waited for once a kind of socket");
    try (Relayed relayed = new Relayed(mode, TcpSettings.DEFAULT, TcpSettings.DEFAULT)) {
      isAboutTwoMinutes(relayed.awaitBackendAsked());
      isAboutTwoMinutes(relayed.awaitClientAsked());
    }
  }

  private static void isAboutTwoMinutes(double seconds) {
    assertThat(seconds).isBetween(90.0, 120.0);
  }

  /** A connection over which something has come and gone. */
  private static final class Relayed implements AutoCloseable {

    private final BlockingQueue<Integer> backendsPeers = new LinkedBlockingQueue<>();
    private final TestServer server;
    private final TestProxy proxy;
    private final Socket client;
    private final int backendsPeer;

    Relayed(RelayMode mode, TcpSettings ofListener, TcpSettings ofPool) throws Exception {
      server = TestServer.start(this::echo);
      proxy =
          TestProxy.start(mode, new TestConfig().backend(server.port()).tcp(ofListener, ofPool));
      client = proxy.connect();
      client.getOutputStream().write('x');
      assertThat(client.getInputStream().read()).isEqualTo('x');
      backendsPeer = backendsPeers.take();
    }

    private void echo(Socket socket) throws IOException {
      backendsPeers.add(socket.getPort());
      socket.getInputStream().transferTo(socket.getOutputStream());
    }

    Optional<Double> clientAsked() {
      return SocketTimer.keepalive(proxy.port(), client.getLocalPort());
    }

    Optional<Double> backendAsked() {
      return SocketTimer.keepalive(backendsPeer, server.port());
    }

    double awaitClientAsked() {
      return await()
          .atMost(PATIENCE_SECONDS, SECONDS)
          .until(this::clientAsked, Optional::isPresent)
          .orElseThrow();
    }

    double awaitBackendAsked() {
      return await()
          .atMost(PATIENCE_SECONDS, SECONDS)
          .until(this::backendAsked, Optional::isPresent)
          .orElseThrow();
    }

    @Override
    public void close() throws IOException {
      client.close();
      proxy.close();
      server.close();
    }
  }
}
