package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.loble.model.BackendCounters;
import io.loble.model.ClosedPort;
import io.loble.model.Retrying;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Some time of everything at once: hundreds of connections that end in every way there is, over
 * backends of which one is not there. After it nothing is left, nothing is lost and nothing was
 * counted wrongly. {@code -Dloble.interleaving.seconds} says how long, in each mode.
 */
@EnabledOnOs(OS.LINUX)
@ParameterizedClass
@MethodSource("modes")
class InterleavingTest {

  private final RelayMode mode;
  private final TlsSides tls;

  @TempDir private Path directory = Path.of("");

  InterleavingTest(RelayMode mode, TlsSides tls) {
    this.mode = mode;
    this.tls = tls;
  }

  /** TLS on Linux's own sockets, and on both sides on Java's. */
  static Stream<Arguments> modes() {
    return RelayMode.here()
        .flatMap(
            mode ->
                Stream.of(TlsSides.values())
                    .filter(
                        sides ->
                            sides == TlsSides.NONE
                                || mode == RelayMode.BUFFERS
                                || (mode == RelayMode.PORTABLE && sides == TlsSides.BOTH))
                    .map(sides -> Arguments.of(mode, sides)));
  }

  private static final int CLIENTS = 300;

  /** In each mode, of which there are nine on Linux. */
  private static final Duration LENGTH =
      Duration.ofSeconds(Long.getLong("loble.interleaving.seconds", 8));

  private final long seed = System.nanoTime();
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, Conversation> open = new ConcurrentHashMap<>();
  private final Map<Integer, Queue<Conversation>> finished = new ConcurrentHashMap<>();
  private final AtomicInteger unreachable = new AtomicInteger();
  private final Queue<String> broken = new ConcurrentLinkedQueue<>();
  private final CapturedLog access = new CapturedLog("loble.access", Level.INFO);
  private final CapturedLog leaks =
      new CapturedLog("io.netty.util.ResourceLeakDetector", Level.ERROR);

  @Test
  void nothingIsLeftAfterRandomEnds() throws Exception {
    warmUp();
    access.forget();
    int closed = ClosedPort.next();
    int descriptorsBefore = descriptors();
    try (TestServer one = TestServer.start(this::serve);
        TestServer two = TestServer.start(this::serve);
        TestServer three = TestServer.start(this::serve)) {
      TestConfig config =
          new TestConfig()
              // Resets are what this test makes; they must not take a backend out.
              .failureThreshold(Integer.MAX_VALUE)
              // A quarter of all connects fails, which is more than the usual budget allows.
              .retrying(new Retrying(3, Duration.ZERO, 1))
              .halfClosed(Duration.ofSeconds(10))
              .backend(one.port())
              .backend(two.port())
              .backend(three.port())
              .backend(closed);
      try (TestProxy proxy = TestProxy.start(mode, tls.applyTo(config, directory))) {
        runClients(proxy);
        proxy.awaitIdle();
        assertThat(unreachable).hasValue(0);
        assertThat(broken).as("should have been whole, seed %d", seed).isEmpty();
        assertAccounts(proxy);
      }
    } finally {
      access.stop();
    }
    await().atMost(10, SECONDS).until(() -> descriptors() <= descriptorsBefore);
    provokeLeakReports();
    leaks.stop();
    assertThat(leaks.messages()).isEmpty();
  }

  /** What the process opens once and keeps, such as jars, must not look like a leak. */
  private void warmUp() throws IOException {
    try (TestServer server = TestServer.saying("hello");
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(server.port()));
        Socket client = proxy.connect()) {
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("hello");
    }
  }

  private void runClients(TestProxy proxy) throws InterruptedException {
    long end = System.nanoTime() + LENGTH.toNanos();
    CountDownLatch done = new CountDownLatch(CLIENTS);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < CLIENTS; i++) {
      SplittableRandom own = random.split();
      new Thread(
              () -> {
                while (System.nanoTime() < end) {
                  converse(proxy, own);
                }
                done.countDown();
              })
          .start();
    }
    assertThat(done.await(LENGTH.toSeconds() + 60, SECONDS)).isTrue();
  }

  private void converse(TestProxy proxy, SplittableRandom random) {
    Conversation.Kind[] kinds = Conversation.Kind.values();
    Conversation.Kind kind = kinds[random.nextInt(kinds.length)];
    long id = ids.incrementAndGet();
    Conversation conversation = new Conversation(id, kind, size(random), size(random));
    open.put(id, conversation);
    Socket socket;
    try {
      socket = proxy.connect();
    } catch (IOException e) {
      unreachable.incrementAndGet();
      return;
    }
    int port = socket.getLocalPort();
    try (Wire wire = tls.client(socket)) {
      conversation.playClient(wire);
    } catch (IOException e) {
      if (kind.clean()) {
        broken.add(describe(conversation) + ": " + e);
      }
    } finally {
      open.remove(id);
      finished.computeIfAbsent(port, p -> new ConcurrentLinkedQueue<>()).add(conversation);
    }
    if (conversation.wrong()) {
      broken.add(describe(conversation));
    }
  }

  /** Mostly small, at times large enough to fill every buffer on the way. */
  private static int size(SplittableRandom random) {
    return random.nextInt(20) == 0 ? 1 + random.nextInt(2_000_000) : 1 + random.nextInt(20_000);
  }

  private void serve(Socket socket) throws IOException {
    try (Wire wire = tls.backend(socket)) {
      DataInputStream in = new DataInputStream(wire.socket().getInputStream());
      Conversation conversation = open.get(in.readLong());
      if (conversation != null) {
        conversation.playBackend(wire, in);
      }
    }
  }

  /** Each conversation's line says what its two ends have seen. */
  private void assertAccounts(TestProxy proxy) {
    List<Line> lines = access.events().stream().map(Line::of).toList();
    assertThat(lines).hasSizeGreaterThan(2 * CLIENTS);
    assertThat(proxy.listener().acceptedTotal()).isEqualTo(lines.size());
    assertThat(finished.values().stream().mapToInt(Queue::size).sum()).isEqualTo(lines.size());
    List<String> mistakes = new ArrayList<>();
    lines.stream()
        .collect(Collectors.groupingBy(Line::port))
        .forEach(
            (port, ofPort) -> {
              List<Conversation> played =
                  List.copyOf(finished.getOrDefault(port, new ConcurrentLinkedQueue<>()));
              if (!agree(ofPort, played)) {
                mistakes.add(ofPort + " for " + played.stream().map(c -> describe(c)).toList());
              }
            });
    assertThat(mistakes).as("seed %d", seed).isEmpty();
    List<BackendCounters> counters =
        proxy.snapshot().pools().values().stream()
            .flatMap(pool -> pool.backends().stream())
            .map(backend -> backend.stats().counters())
            .toList();
    assertThat(lines.stream().mapToLong(Line::toBackend).sum())
        .isEqualTo(counters.stream().mapToLong(BackendCounters::bytesToBackend).sum());
    assertThat(lines.stream().mapToLong(Line::toClient).sum())
        .isEqualTo(counters.stream().mapToLong(BackendCounters::bytesToClient).sum());
  }

  /**
   * Whether each line can be of a conversation of its own. A port is used again now and then, even
   * while a reset of its last connection still lingers, so that their order says nothing.
   */
  private static boolean agree(List<Line> lines, List<Conversation> conversations) {
    if (lines.isEmpty()) {
      return true;
    }
    Line first = lines.get(0);
    List<Line> rest = lines.subList(1, lines.size());
    return conversations.stream()
        .filter(first::agreesWith)
        .anyMatch(
            told -> agree(rest, conversations.stream().filter(other -> other != told).toList()));
  }

  /** A line of the access log. */
  private record Line(int port, long toBackend, long toClient, String end) {

    static Line of(ILoggingEvent event) {
      Map<String, String> pairs =
          event.getKeyValuePairs().stream()
              .collect(Collectors.toMap(p -> p.key, p -> String.valueOf(p.value)));
      String client = pairs.getOrDefault("client", "");
      return new Line(
          Integer.parseInt(client.substring(client.lastIndexOf(':') + 1)),
          Long.parseLong(pairs.getOrDefault("bytes_to_backend", "")),
          Long.parseLong(pairs.getOrDefault("bytes_to_client", "")),
          pairs.getOrDefault("end", ""));
    }

    boolean agreesWith(Conversation conversation) {
      boolean possible =
          toBackend <= conversation.clientSent()
              && toBackend >= conversation.backendReceived()
              && toClient <= conversation.backendSent()
              && toClient >= conversation.clientReceived();
      boolean exact =
          toBackend == conversation.clientSent()
              && toClient == conversation.backendSent()
              && end.equals("done");
      return possible && (exact || !conversation.kind().clean());
    }
  }

  private static String describe(Conversation c) {
    return "%s: client sent %d, got %d; backend sent %d, got %d"
        .formatted(
            c.kind(), c.clientSent(), c.clientReceived(), c.backendSent(), c.backendReceived());
  }

  private static int descriptors() {
    String[] names = new File("/proc/self/fd").list();
    return names == null ? 0 : names.length;
  }

  /** The leak detector speaks of lost buffers when it tracks new ones after a collection. */
  private static void provokeLeakReports() {
    for (int i = 0; i < 5; i++) {
      System.gc();
      io.netty.buffer.ByteBufAllocator.DEFAULT.buffer(64).release();
    }
  }
}
