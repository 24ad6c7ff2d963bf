package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.loble.config.FrontConfig;
import io.loble.config.ListenerLimits;
import io.loble.config.PerClient;
import io.loble.model.Algorithm;
import io.loble.model.ConnectFailure;
import io.loble.model.Network;
import io.loble.model.Rate;
import io.loble.model.Rejection;
import io.loble.model.SendProxy;
import io.loble.model.UnixPath;
import io.loble.preface.ProxyEncoder;
import io.loble.preface.ProxyHeader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who the client of a Unix socket is, and what becomes of a backend that is one. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class UnixClientTest {

  private static final String HEADER = "PROXY TCP4 192.0.2.7 192.0.2.1 4711 443\r\n";
  private static final FrontConfig REQUIRED = FrontConfig.NONE.withProxyFrom();

  @TempDir private Path directory = Path.of("");

  @Test
  void itIsUnixInTheAccessLog() throws Exception {
    CapturedLog log = new CapturedLog("loble.access", Level.INFO);
    try (ChannelServer server = echo();
        TestProxy proxy = TestProxy.start(RelayMode.BUFFERS, config())) {
      assertThat(echoed("")).isEqualTo("hello");
      proxy.awaitIdle();
      assertThat(fields(log)).contains("client=unix");
      assertThat(server.accepted()).isEqualTo(1);
    } finally {
      log.stop();
    }
  }

  @Test
  void aHeaderNamesIt() throws Exception {
    CapturedLog log = new CapturedLog("loble.access", Level.INFO);
    try (ChannelServer server = echo();
        TestProxy proxy = TestProxy.start(RelayMode.BUFFERS, config().front(REQUIRED))) {
      assertThat(echoed(HEADER)).isEqualTo("hello");
      proxy.awaitIdle();
      assertThat(fields(log)).contains("client=192.0.2.7:4711", "from=unix");
      assertThat(server.accepted()).isEqualTo(1);
    } finally {
      log.stop();
    }
  }

  @Test
  void networksDecideAboutThoseThatAHeaderNames() throws Exception {
    ListenerLimits limits = allowing("10.0.0.0/8");
    try (ChannelServer server = echo();
        TestProxy proxy =
            TestProxy.start(RelayMode.BUFFERS, config().front(REQUIRED).limits(limits))) {
      assertThat(echoed(HEADER)).isEmpty();
      assertThat(proxy.listener().rejectedTotal(Rejection.DENIED)).isEqualTo(1);
      assertThat(echoed("PROXY TCP4 10.0.0.7 192.0.2.1 4711 443\r\n")).isEqualTo("hello");
      assertThat(echoed("PROXY UNKNOWN\r\n")).isEqualTo("hello");
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SendProxy.class,
      names = {"V1", "V2"})
  void backendsAreToldThatItHasNoAddress(SendProxy version) throws Exception {
    byte[] unknown =
        version == SendProxy.V1
            ? ProxyEncoder.v1(ProxyHeader.unknown())
            : ProxyEncoder.v2(ProxyHeader.unknown(), false);
    CompletableFuture<byte[]> seen = new CompletableFuture<>();
    try (ChannelServer server =
            ChannelServer.onPath(path("app.sock"), client -> seen.complete(Bytes.readAll(client)));
        TestProxy proxy = TestProxy.start(RelayMode.BUFFERS, config().sendProxy(version))) {
      try (SocketChannel client = connect()) {
        client.shutdownOutput();
        byte[] header = seen.get(20, SECONDS);
        // Version 2 has a unique id behind it, and its length before it.
        assertThat(header).startsWith(version == SendProxy.V1 ? unknown : first(unknown, 14));
      }
      proxy.awaitIdle();
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void allOfThemHaveOneBackendBySourceHash() throws Exception {
    try (ChannelServer one = echo();
        ChannelServer two = ChannelServer.onPath(path("other.sock"), UnixClientTest::echo);
        TestProxy proxy =
            TestProxy.start(
                RelayMode.BUFFERS,
                config().backend(unix("other.sock")).algorithm(Algorithm.SOURCE_HASH))) {
      for (int i = 0; i < 10; i++) {
        assertThat(echoed("")).isEqualTo("hello");
      }
      proxy.awaitIdle();
      assertThat(List.of(one.accepted(), two.accepted())).containsExactlyInAnyOrder(10, 0);
    }
  }

  @Test
  void aMissingAndADeadBackendRefuse() throws Exception {
    ChannelServer.onPath(path("dead.sock"), UnixClientTest::echo).close();
    Files.writeString(path("file"), "");
    for (String name : List.of("missing.sock", "dead.sock", "file", "file/x.sock")) {
      Files.deleteIfExists(path("app.sock"));
      try (ChannelServer server = echo();
          TestProxy proxy =
              TestProxy.start(
                  RelayMode.BUFFERS,
                  new TestConfig()
                      .listen(unix("edge.sock"))
                      .backend(unix(name))
                      .backend(unix("app.sock"))
                      .algorithm(Algorithm.ROUND_ROBIN))) {
        assertThat(echoed("")).isEqualTo("hello");
        assertThat(echoed("")).isEqualTo("hello");
        assertThat(proxy.backend(0).stats().counters().connectFailures(ConnectFailure.REFUSED))
            .as(name)
            .isPositive();
        assertThat(server.accepted()).isEqualTo(2);
      }
    }
  }

  @Test
  void aFullBacklogIsWaitedFor() throws Exception {
    try (ServerSocketChannel full =
            ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(path("app.sock")), 1);
        TestProxy proxy = TestProxy.start(RelayMode.BUFFERS, config())) {
      List<SocketChannel> queue = fillBacklog();
      try (SocketChannel client = connect()) {
        Bytes.write(client, "hello");
        await().atMost(10, SECONDS).until(() -> proxy.listener().active() == 1);
        for (SocketChannel waiting : queue) {
          waiting.close();
          full.accept().close();
        }
        try (SocketChannel accepted = full.accept()) {
          assertThat(Bytes.readText(accepted, 5)).isEqualTo("hello");
        }
      }
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().counters().failures()).isZero();
    }
  }

  /** Connects until a connect would have to wait. */
  private List<SocketChannel> fillBacklog() throws IOException {
    List<SocketChannel> queue = new ArrayList<>();
    while (true) {
      SocketChannel next = SocketChannel.open(StandardProtocolFamily.UNIX);
      next.configureBlocking(false);
      try {
        next.connect(UnixDomainSocketAddress.of(path("app.sock")));
        queue.add(next);
      } catch (IOException e) {
        next.close();
        return queue;
      }
    }
  }

  private static List<String> fields(CapturedLog log) {
    return log.events().stream()
        .flatMap(event -> event.getKeyValuePairs().stream())
        .map(pair -> pair.key + '=' + pair.value)
        .toList();
  }

  private TestConfig config() {
    return new TestConfig().listen(unix("edge.sock")).backend(unix("app.sock"));
  }

  private static ListenerLimits allowing(String network) {
    return new ListenerLimits(
        List.of(Network.parse(network)), List.of(), "", "", 0, Rate.NONE, 0, PerClient.NONE);
  }

  private ChannelServer echo() throws IOException {
    return ChannelServer.onPath(path("app.sock"), UnixClientTest::echo);
  }

  private static void echo(SocketChannel client) throws IOException {
    Bytes.write(client, Bytes.read(client, 5));
  }

  /** What comes back, where it says a header and a word. */
  private String echoed(String header) throws IOException {
    try (SocketChannel client = connect()) {
      Bytes.write(client, header + "hello");
      return Bytes.readText(client, 5);
    } catch (IOException e) {
      // It was turned away.
      return "";
    }
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(path("edge.sock")));
  }

  private Path path(String name) {
    return directory.resolve(name);
  }

  private UnixPath unix(String name) {
    return new UnixPath(path(name).toString());
  }

  private static byte[] first(byte[] bytes, int count) {
    return Arrays.copyOf(bytes, count);
  }
}
