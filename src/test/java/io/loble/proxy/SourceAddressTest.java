package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.loble.model.ConnectFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where connections to backends come from. All of 127.0.0.0/8 is this machine's, on Linux. */
class SourceAddressTest {

  private final Queue<String> from = new ConcurrentLinkedQueue<>();

  static Stream<RelayMode> modes() {
    return RelayMode.here();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void theAddressesAreUsedInTurn(RelayMode mode) throws Exception {
    List<String> seen = connect(mode, 6, "127.0.0.2", "127.0.0.3", "127.0.0.4");
    assertThat(seen)
        .containsExactly(
            "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.2", "127.0.0.3", "127.0.0.4");
  }

  @ParameterizedTest
  @MethodSource("modes")
  void anAddressThatIsNotThereIsPassedOver(RelayMode mode) throws Exception {
    assertThat(connect(mode, 4, "203.0.113.1", "127.0.0.3")).containsOnly("127.0.0.3").hasSize(4);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void addressesOfTheOtherFamilyAreNotUsed(RelayMode mode) throws Exception {
    assertThat(connect(mode, 2, "fd00::1")).containsOnly("127.0.0.1").hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void thatNoneIsThereIsNotTheBackendsFault(RelayMode mode) throws Exception {
    CapturedLog log = new CapturedLog("loble", Level.WARN);
    try (TestServer server = remembering();
        TestProxy proxy =
            TestProxy.start(mode, config(server, "203.0.113.1", "203.0.113.2").retries(0))) {
      for (int i = 0; i < 5; i++) {
        assertThat(reads(proxy)).isFalse();
      }
      proxy.awaitIdle();
      assertThat(server.accepted()).isZero();
      assertThat(proxy.backend(0).state().inRotation()).isTrue();
      assertThat(proxy.backend(0).stats().counters().connectFailures(ConnectFailure.NO_RESOURCES))
          .isEqualTo(5);
      assertThat(log.messages())
          .filteredOn(line -> line.contains("cannot connect clients"))
          .singleElement()
          .asString()
          .contains("source 203.0.113.")
          .contains("cannot assign requested address");
    } finally {
      log.stop();
    }
  }

  private List<String> connect(RelayMode mode, int times, String... sources) throws Exception {
    try (TestServer server = remembering();
        TestProxy proxy = TestProxy.start(mode, config(server, sources))) {
      for (int i = 0; i < times; i++) {
        assertThat(reads(proxy)).isTrue();
      }
    }
    return List.copyOf(from);
  }

  private static TestConfig config(TestServer server, String... sources) throws Exception {
    InetAddress[] addresses = new InetAddress[sources.length];
    for (int i = 0; i < sources.length; i++) {
      addresses[i] = InetAddress.getByName(sources[i]);
    }
    return new TestConfig().backend(server.port()).source(addresses);
  }

  private TestServer remembering() {
    return TestServer.start(
        socket -> {
          from.add(socket.getInetAddress().getHostAddress());
          socket.getOutputStream().write('x');
        });
  }

  /** Whether a client gets the backend's byte; one that is turned away is reset. */
  private static boolean reads(TestProxy proxy) {
    try (Socket client = proxy.connect()) {
      return client.getInputStream().read() == 'x';
    } catch (IOException reset) {
      return false;
    }
  }
}
