package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.loble.config.ListenerLimits;
import io.loble.config.PerClient;
import io.loble.model.Network;
import io.loble.model.Rate;
import io.loble.model.Rejection;
import io.loble.net.ProcessLimit;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that a listener lets in and does not, before anything is read from them. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class AdmissionTest {

  private static final int FLOODERS = 4;
  private static final int EACH = 250;

  private final RelayMode mode;

  AdmissionTest(RelayMode mode) {
    this.mode = mode;
  }

  @Test
  void theSmallestNetworkDecides() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            start(server, networks(List.of("127.0.0.0/8"), List.of("127.0.1.0/24", "::1")))) {
      assertServed(proxy.connectFrom("127.0.0.1"));
      assertServed(proxy.connectFrom("127.0.2.1"));
      assertRefused(proxy, "127.0.1.1");
      assertThat(proxy.listener().rejectedTotal(Rejection.DENIED)).isEqualTo(1);
      proxy.awaitIdle();
      assertThat(proxy.listener().acceptedTotal()).isEqualTo(3);
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void aChangeHoldsForNewClientsOnly() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = start(server, ListenerLimits.NONE);
        Socket before = served(proxy.connect())) {
      TestConfig denied =
          new TestConfig().backend(server.port()).limits(networks(List.of(), List.of("127.0.0.1")));
      TestProxy.done(proxy.apply(denied));
      assertRefused(proxy, "127.0.0.1");
      served(before);
      TestProxy.done(proxy.apply(new TestConfig().backend(server.port())));
      assertServed(proxy.connect());
    }
  }

  @Test
  void aListenerHasNoMoreConnectionsThanItMay() throws Exception {
    ListenerLimits limits =
        new ListenerLimits(List.of(), List.of(), "", "", 5, Rate.NONE, 0, PerClient.NONE);
    try (TestServer server = TestServer.echo();
        TestProxy proxy = start(server, limits)) {
      assertExactly(5, proxy, "127.0.0.1", Rejection.LISTENER_LIMIT);
      assertExactly(5, proxy, "127.0.0.2", Rejection.LISTENER_LIMIT);
      assertThat(proxy.gate().rules().places().taken()).isZero();
    }
  }

  @Test
  void aClientHasNoMoreConnectionsThanItMay() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = start(server, perClient(new PerClient(3, Rate.NONE, 0, 24, 64)))) {
      assertExactly(3, proxy, "127.0.0.1", Rejection.CLIENT_LIMIT);
      try (Socket other = served(proxy.connectFrom("127.0.1.1"));
          Socket one = served(proxy.connectFrom("127.0.0.2"))) {
        assertThat(proxy.gate().rememberedClients()).isEqualTo(2);
        served(other);
        served(one);
      }
      proxy.awaitIdle();
      assertThat(proxy.gate().rememberedClients()).isZero();
    }
  }

  @Test
  void aClientThatComesTooOftenIsRefusedAndOthersAreNot() throws Exception {
    PerClient bounds = new PerClient(0, Rate.parse("1/h"), 4, 32, 64);
    try (TestServer server = TestServer.echo();
        TestProxy proxy = start(server, perClient(bounds))) {
      assertThat(flood(proxy, "127.0.0.1")).isEqualTo(4);
      assertThat(proxy.listener().rejectedTotal(Rejection.CLIENT_RATE))
          .isEqualTo((long) FLOODERS * EACH - 4);
      assertServed(proxy.connectFrom("127.0.0.2"));
      // What was counted stays where the limits of a client do.
      TestProxy.done(
          proxy.apply(new TestConfig().backend(server.port()).limits(perClient(bounds))));
      assertRefused(proxy, "127.0.0.1");
      proxy.awaitIdle();
    }
  }

  @Test
  void aListenerTakesNewConnectionsAtItsRate() throws Exception {
    ListenerLimits limits =
        new ListenerLimits(List.of(), List.of(), "", "", 0, Rate.parse("1/h"), 10, PerClient.NONE);
    try (TestServer server = TestServer.echo();
        TestProxy proxy = start(server, limits)) {
      assertThat(flood(proxy, "127.0.0.1")).isEqualTo(10);
      assertThat(proxy.listener().rejectedTotal(Rejection.RATE))
          .isEqualTo((long) FLOODERS * EACH - 10);
      assertRefused(proxy, "127.0.0.2");
    }
  }

  @Test
  void whateverEndsAConnectionItsPlacesAreGivenBack() throws Exception {
    ListenerLimits limits =
        new ListenerLimits(
            List.of(),
            List.of(),
            "",
            "",
            200,
            Rate.NONE,
            0,
            new PerClient(100, Rate.NONE, 0, 32, 64));
    AtomicInteger turn = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                socket -> {
                  if (turn.incrementAndGet() % 3 == 0) {
                    RelayTest.reset(socket);
                  } else {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                  }
                });
        TestProxy proxy = start(server, limits)) {
      CountDownLatch done = new CountDownLatch(FLOODERS);
      for (int i = 0; i < FLOODERS; i++) {
        String from = "127.0.0." + (1 + i % 2);
        thread(() -> comeAndGo(proxy, from), done);
      }
      assertThat(done.await(60, SECONDS)).isTrue();
      proxy.awaitIdle();
      assertThat(proxy.gate().rules().places().taken()).isZero();
      assertThat(proxy.gate().rememberedClients()).isZero();
    }
  }

  private static void comeAndGo(TestProxy proxy, String from) {
    for (int i = 0; i < EACH; i++) {
      try (Socket socket = proxy.connectFrom(from)) {
        switch (i % 3) {
          case 0 -> RelayTest.reset(socket);
          case 1 -> served(socket).shutdownOutput();
          default -> socket.getOutputStream().write(i);
        }
      } catch (IOException | AssertionError e) {
        // It was refused, or the backend has reset it.
      }
    }
  }

  @Test
  void aRefusalIsNoLineOfTheLogAndTakesNoPlaceInTheProcess() throws Exception {
    CapturedLog access = new CapturedLog("loble.access", Level.INFO);
    try (TestServer server = TestServer.echo();
        TestProxy proxy = start(server, networks(List.of(), List.of("127.0.0.0/8")))) {
      assertThat(flood(proxy, "127.0.0.1")).isZero();
      assertThat(proxy.listener().active()).isZero();
      assertThat(ProcessLimit.ofConnections(proxy.vertx()).held()).isZero();
      assertThat(proxy.listener().durationSeconds().quantileSeconds(0.5)).isEmpty();
      await().atMost(20, SECONDS).until(() -> !proxy.gate().topRefused(10).isEmpty());
      assertThat(proxy.gate().topRefused(10).get(0).network())
          .isEqualTo(Network.parse("127.0.0.1"));
    } finally {
      access.stop();
    }
    assertThat(access.messages()).isEmpty();
  }

  /** Of many that come at once, on all event loops, so many are served, again and again. */
  private void assertExactly(int most, TestProxy proxy, String from, Rejection reason)
      throws Exception {
    long before = proxy.listener().rejectedTotal(reason);
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      open.add(served(proxy.connectFrom(from)));
    }
    assertThat(flood(proxy, from)).isZero();
    assertThat(proxy.listener().rejectedTotal(reason) - before).isEqualTo((long) FLOODERS * EACH);
    for (Socket socket : open) {
      RelayTest.reset(socket);
    }
    proxy.awaitIdle();
  }

  /** Connects in great number, and says how many were served. */
  private static int flood(TestProxy proxy, String from) throws InterruptedException {
    AtomicInteger served = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(FLOODERS);
    for (int i = 0; i < FLOODERS; i++) {
      thread(
          () -> {
            for (int k = 0; k < EACH; k++) {
              served.addAndGet(isServed(proxy, from) ? 1 : 0);
            }
          },
          done);
    }
    assertThat(done.await(60, SECONDS)).isTrue();
    return served.get();
  }

  private static void thread(Runnable action, CountDownLatch done) {
    new Thread(
            () -> {
              action.run();
              done.countDown();
            })
        .start();
  }

  private static boolean isServed(TestProxy proxy, String from) {
    try (Socket socket = proxy.connectFrom(from)) {
      socket.getOutputStream().write(7);
      return socket.getInputStream().read() == 7;
    } catch (IOException e) {
      return false;
    }
  }

  private TestProxy start(TestServer server, ListenerLimits limits) {
    return TestProxy.start(mode, new TestConfig().backend(server.port()).limits(limits));
  }

  private static ListenerLimits networks(List<String> allow, List<String> deny) {
    return new ListenerLimits(
        allow.stream().map(Network::parse).toList(),
        deny.stream().map(Network::parse).toList(),
        "",
        "",
        0,
        Rate.NONE,
        0,
        PerClient.NONE);
  }

  private static ListenerLimits perClient(PerClient bounds) {
    return new ListenerLimits(List.of(), List.of(), "", "", 0, Rate.NONE, 0, bounds);
  }

  private static Socket served(Socket socket) throws IOException {
    socket.getOutputStream().write(7);
    assertThat(socket.getInputStream().read()).isEqualTo(7);
    return socket;
  }

  private static void assertServed(Socket socket) throws IOException {
    served(socket).close();
  }

  private static void assertRefused(TestProxy proxy, String from) throws IOException {
    try (Socket socket = proxy.connectFrom(from)) {
      socket.getOutputStream().write(7);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (SocketException e) {
      assertThat(e).hasMessageMatching(".*(reset|[Bb]roken pipe).*");
    }
  }
}
