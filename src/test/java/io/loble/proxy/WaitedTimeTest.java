package io.loble.proxy;

import static io.loble.proxy.WaitingClients.assertReset;
import static io.loble.proxy.WaitingClients.assertServed;
import static io.loble.proxy.WaitingClients.close;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.loble.model.ClosedPort;
import io.loble.model.Retrying;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How long clients waited for room, as the live view and the access log have it. */
@ParameterizedClass
@MethodSource("io.loble.proxy.RelayMode#here")
class WaitedTimeTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final long SOME_MILLIS = 120;

  private final RelayMode mode;
  private final CapturedLog access = new CapturedLog("loble.access", Level.INFO);

  WaitedTimeTest(RelayMode mode) {
    this.mode = mode;
  }

  @AfterEach
  void stop() {
    access.stop();
  }

  @Test
  void ofOneThatIsServedAtOnceAndOneThatWaits() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, full(server, LONG));
        Socket first = proxy.connect()) {
      assertServed(first);
      Socket second = proxy.connect();
      await()
          .atMost(20, SECONDS)
          .until(
              () -> live(proxy, second).filter(WaitedTimeTest::hasWaitedForSomeTime).isPresent());
      assertThat(live(proxy, first).orElseThrow().waitedMillis()).isZero();
      close(first);
      assertServed(second);
      LiveConnection served = live(proxy, second).orElseThrow();
      assertThat(served.state()).isEqualTo(LiveConnection.State.OPEN);
      assertThat(served.waitedMillis()).isBetween(SOME_MILLIS, served.ageMillis());
      assertThat(live(proxy, second).orElseThrow().waitedMillis()).isEqualTo(served.waitedMillis());
      close(second);
      assertThat(line(first)).containsEntry("waited_ms", 0L).containsEntry("end", "done");
      assertThat(line(second))
          .containsEntry("waited_ms", served.waitedMillis())
          .containsEntry("end", "done");
    }
  }

  @Test
  void ofOneThatWaitsInVain() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, full(server, Duration.ofMillis(SOME_MILLIS)));
        Socket first = proxy.connect()) {
      assertServed(first);
      assertReset(proxy);
      Map<String, Object> line = line("end", "queue_timeout");
      assertThat(millis(line, "waited_ms")).isBetween(SOME_MILLIS, millis(line, "duration_ms"));
    }
  }

  @Test
  void ofOneThatIsEndedWhileItWaits() throws Exception {
    TestConfig config = new TestConfig().drain(Duration.ofMillis(SOME_MILLIS)).queue(9, LONG);
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, config.backend("127.0.0.1", server.port(), 1, 1));
        Socket first = proxy.connect()) {
      assertServed(first);
      Socket second = proxy.connect();
      await()
          .atMost(20, SECONDS)
          .until(() -> live(proxy, second).filter(WaitedTimeTest::waits).isPresent());
      TestProxy.done(proxy.drain());
      assertThat(line(second)).containsEntry("end", "drain_cut");
      assertThat(millis(line(second), "waited_ms")).isPositive();
      assertThat(line(first)).containsEntry("waited_ms", 0L);
      second.close();
    }
  }

  @Test
  void thePausesBetweenAttemptsAreNoWait() throws Exception {
    Retrying rules = new Retrying(4, Duration.ofMillis(20), 1);
    TestConfig config = new TestConfig().failureThreshold(100_000).retrying(rules).queue(9, LONG);
    try (TestProxy proxy = TestProxy.start(mode, config.backend(ClosedPort.next()))) {
      assertReset(proxy);
      assertThat(line("end", "connect_failed"))
          .containsEntry("waited_ms", 0L)
          .hasEntrySatisfying("why", why -> assertThat((String) why).endsWith("+4"));
    }
  }

  @Test
  void whereNobodyMayWaitNothingIsSaidOfIt() throws Exception {
    try (TestServer server = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket client = proxy.connect()) {
      assertServed(client);
      close(client);
      assertThat(line(client)).containsEntry("end", "done").doesNotContainKey("waited_ms");
    }
  }

  private static TestConfig full(TestServer server, Duration timeout) {
    return new TestConfig().backend("127.0.0.1", server.port(), 1, 1).queue(9, timeout);
  }

  private static boolean hasWaitedForSomeTime(LiveConnection connection) {
    return waits(connection) && connection.waitedMillis() >= SOME_MILLIS;
  }

  private static boolean waits(LiveConnection connection) {
    return connection.state() == LiveConnection.State.WAITING;
  }

  /** A client's connection as it is now; nothing once it has ended. */
  private static Optional<LiveConnection> live(TestProxy proxy, Socket client) {
    ClientRange range = ClientRange.parse("127.0.0.1:" + client.getLocalPort()).orElseThrow();
    LiveConnections.Query query =
        new LiveConnections.Query(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(range), 1);
    return new ProxyLoops(proxy.vertx())
        .all().stream()
            .flatMap(loop -> TestProxy.done(loop.connections(query)).oldest().stream())
            .findFirst();
  }

  private Map<String, Object> line(Socket client) {
    return line("client", "127.0.0.1:" + client.getLocalPort());
  }

  /** The line of the access log that says so, as soon as there is one. */
  private Map<String, Object> line(String key, String value) {
    List<Map<String, Object>> lines =
        await().atMost(20, SECONDS).until(() -> lines(key, value), found -> !found.isEmpty());
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }

  private List<Map<String, Object>> lines(String key, String value) {
    return access.events().stream()
        .map(
            event ->
                event.getKeyValuePairs().stream()
                    .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value)))
        .filter(pairs -> value.equals(pairs.get(key)))
        .toList();
  }

  private static long millis(Map<String, Object> line, String key) {
    return (long) Objects.requireNonNull(line.get(key));
  }
}
