package io.loble.proxy;

import static io.loble.proxy.WaitingClients.assertReset;
import static io.loble.proxy.WaitingClients.assertServed;
import static io.loble.proxy.WaitingClients.close;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.model.Place;
import io.loble.model.Rejection;
import io.loble.model.RoomQueue;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that wait while every backend is full. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class WaitingTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final RelayMode mode;

  WaitingTest(RelayMode mode) {
    this.mode = mode;
  }

  @Test
  void thoseWhoWaitAreServedInTheirOrder() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, full(server, 1).queue(9, LONG));
        Socket first = proxy.connect()) {
      assertServed(first);
      List<Socket> waiting = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        waiting.add(waits(proxy, i));
      }
      close(first);
      for (int i = 0; i < 5; i++) {
        assertServed(waiting.get(i));
        assertThat(room(proxy).waiting()).isEqualTo(4 - i);
        close(waiting.get(i));
      }
      proxy.awaitIdle();
      assertThat(Arrays.stream(room(proxy).seconds().counts()).sum()).isEqualTo(5);
      assertThat(proxy.backend(0).stats().admission().peak()).isEqualTo(1);
    }
  }

  @Test
  void whoComesWhenTheQueueIsFullIsReset() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, full(server, 1).queue(1, LONG));
        Socket first = proxy.connect()) {
      assertServed(first);
      Socket second = waits(proxy, 0);
      assertReset(proxy);
      assertThat(proxy.listener().rejectedTotal(Rejection.BACKENDS_FULL)).isEqualTo(1);
      close(first);
      assertServed(second);
      close(second);
    }
  }

  @Test
  void whoHasWaitedForTooLongIsReset() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, full(server, 1).queue(9, Duration.ofMillis(200)));
        Socket first = proxy.connect()) {
      assertServed(first);
      assertReset(proxy);
      assertThat(proxy.listener().rejectedTotal(Rejection.QUEUE_TIMEOUT)).isEqualTo(1);
      assertThat(room(proxy).timeouts()).isEqualTo(1);
      assertThat(room(proxy).waiting()).isZero();
      assertServed(first);
    }
  }

  @Test
  void whoLeavesIsPassedOver() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, full(server, 1).queue(9, LONG));
        Socket first = proxy.connect()) {
      assertServed(first);
      Socket leaves = waits(proxy, 0);
      Socket stays = waits(proxy, 1);
      leaves.setSoLinger(true, 0);
      leaves.close();
      if (mode.hasOwnSockets()) {
        await().atMost(20, SECONDS).until(() -> room(proxy).waiting() == 1);
      }
      close(first);
      assertServed(stays);
      close(stays);
      proxy.awaitIdle();
    }
  }

  @Test
  void moreRoomByANewConfigurationIsGivenToThoseWhoWait() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, full(server, 1).queue(9, LONG));
        Socket first = proxy.connect()) {
      assertServed(first);
      Socket second = waits(proxy, 0);
      Socket third = waits(proxy, 1);
      proxy.applyToPools(full(server, 3));
      assertServed(second);
      assertServed(third);
      close(second);
      close(third);
    }
  }

  @Test
  void aDrainEndsThoseWhoWait() throws Exception {
    TestConfig config = new TestConfig().drain(Duration.ofMillis(100)).queue(9, LONG);
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, config.backend("127.0.0.1", server.port(), 1, 1));
        Socket first = proxy.connect()) {
      assertServed(first);
      Socket second = waits(proxy, 0);
      TestProxy.done(proxy.drain());
      assertThat(room(proxy).waiting()).isZero();
      second.close();
    }
  }

  private static TestConfig full(TestServer server, int most) {
    return new TestConfig().backend("127.0.0.1", server.port(), 1, most);
  }

  /** A client that waits behind so many. */
  private static Socket waits(TestProxy proxy, int behind) throws IOException {
    Socket client = proxy.connect();
    await().atMost(20, SECONDS).until(() -> room(proxy).waiting() == behind + 1);
    return client;
  }

  private static RoomQueue<Place> room(TestProxy proxy) {
    return proxy.snapshot().pools().values().iterator().next().stats().room();
  }
}
