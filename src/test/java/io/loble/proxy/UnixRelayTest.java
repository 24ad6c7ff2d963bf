package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.model.HostPort;
import io.loble.model.UnixPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one connection's bytes, ends and resets look like where a side of it is a Unix socket. */
@ParameterizedClass
@MethodSource("all")
@Timeout(60)
class UnixRelayTest {

  /** Which sides are Unix sockets. */
  enum Sides {
    UNIX_TO_TCP,
    TCP_TO_UNIX,
    UNIX_TO_UNIX;

    boolean unixClients() {
      return this != TCP_TO_UNIX;
    }

    boolean unixBackends() {
      return this != UNIX_TO_TCP;
    }
  }

  private final RelayMode mode;
  private final Sides sides;

  @TempDir private Path directory = Path.of("");

  UnixRelayTest(RelayMode mode, Sides sides) {
    this.mode = mode;
    this.sides = sides;
  }

  static Stream<Arguments> all() {
    return RelayMode.here()
        .flatMap(
            mode ->
                Stream.of(Sides.values())
                    .filter(sides -> !sides.unixClients() || mode.hasOwnSockets())
                    .filter(sides -> !sides.unixBackends() || mode.hasOwnSockets())
                    .map(sides -> Arguments.of(mode, sides)));
  }

  @Test
  void fourMegabytesComeThroughBothWaysAtOnce() throws Exception {
    byte[] there = Bytes.random(4 << 20, 1);
    byte[] back = Bytes.random(4 << 20, 2);
    CompletableFuture<byte[]> seen = new CompletableFuture<>();
    try (ChannelServer server =
            server(
                client -> {
                  CompletableFuture<Void> reading =
                      CompletableFuture.runAsync(() -> complete(seen, client));
                  Bytes.write(client, back);
                  client.shutdownOutput();
                  reading.join();
                });
        TestProxy proxy = proxy(server);
        SocketChannel client = connect(proxy)) {
      CompletableFuture<byte[]> answer = new CompletableFuture<>();
      CompletableFuture.runAsync(() -> complete(answer, client));
      Bytes.write(client, there);
      client.shutdownOutput();
      assertThat(Arrays.equals(answer.get(30, SECONDS), back)).isTrue();
      assertThat(Arrays.equals(seen.get(30, SECONDS), there)).isTrue();
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().counters().bytesToBackend()).isEqualTo(there.length);
      assertThat(proxy.backend(0).stats().counters().bytesToClient()).isEqualTo(back.length);
    }
  }

  private static void complete(CompletableFuture<byte[]> seen, SocketChannel from) {
    try {
      seen.complete(Bytes.readAll(from));
    } catch (IOException e) {
      seen.completeExceptionally(e);
    }
  }

  @Test
  void anEndIsPassedOnAndTheOtherDirectionGoesOn() throws Exception {
    try (ChannelServer server =
            server(client -> Bytes.write(client, "got " + Bytes.readAll(client).length));
        TestProxy proxy = proxy(server);
        SocketChannel client = connect(proxy)) {
      Bytes.write(client, Bytes.random(100_000, 3));
      client.shutdownOutput();
      assertThat(new String(Bytes.readAll(client), StandardCharsets.US_ASCII))
          .isEqualTo("got 100000");
      proxy.awaitIdle();
    }
  }

  @Test
  void aResetByTheBackendComesBehindItsLastBytes() throws Exception {
    byte[] answer = Bytes.random(300_000, 4);
    try (ChannelServer server =
            server(
                client -> {
                  Bytes.write(client, answer);
                  // TCP throws away what the peer's kernel has not got: wait until it has.
                  Bytes.read(client, 1);
                  reset(client, sides.unixBackends());
                });
        TestProxy proxy = proxy(server);
        SocketChannel client = connect(proxy)) {
      assertThat(Bytes.read(client, answer.length - 100_000).length).isEqualTo(200_000);
      Bytes.write(client, "?not read");
      assertThat(Bytes.read(client, 100_000).length).isEqualTo(100_000);
      if (sides.unixClients()) {
        // A Unix socket has no reset, unless there is something that was not read.
        assertThat(Bytes.read(client, 1)).isEmpty();
      } else {
        assertThatThrownBy(() -> Bytes.read(client, 1)).isInstanceOf(IOException.class);
      }
      proxy.awaitIdle();
    }
  }

  @Test
  void aClientThatIsGoneEndsTheConnection() throws Exception {
    CompletableFuture<Boolean> cut = new CompletableFuture<>();
    try (ChannelServer server =
            server(
                client -> {
                  Bytes.write(client, "hello");
                  try {
                    cut.complete(Bytes.readAll(client).length == 0);
                  } catch (IOException e) {
                    cut.complete(true);
                  }
                });
        TestProxy proxy = proxy(server)) {
      SocketChannel client = connect(proxy);
      assertThat(Bytes.readText(client, 4)).isEqualTo("hell");
      reset(client, sides.unixClients());
      assertThat(cut.get(20, SECONDS)).isTrue();
      proxy.awaitIdle();
    }
  }

  @Test
  void oneByteAtATimeBothWays() throws Exception {
    try (ChannelServer server =
            server(
                client -> {
                  for (byte[] b = Bytes.read(client, 1); b.length > 0; b = Bytes.read(client, 1)) {
                    Bytes.write(client, b);
                  }
                });
        TestProxy proxy = proxy(server);
        SocketChannel client = connect(proxy)) {
      for (int i = 0; i < 300; i++) {
        Bytes.write(client, new byte[] {(byte) i});
        assertThat(Bytes.read(client, 1)).containsExactly(i & 0xff);
      }
    }
  }

  private ChannelServer server(ChannelServer.Script script) throws IOException {
    return sides.unixBackends()
        ? ChannelServer.onPath(directory.resolve("backend.sock"), script)
        : ChannelServer.onTcp(script);
  }

  private TestProxy proxy(ChannelServer server) throws IOException {
    TestConfig config =
        new TestConfig()
            .backend(
                sides.unixBackends()
                    ? path("backend.sock")
                    : new HostPort("127.0.0.1", server.port()));
    return TestProxy.start(mode, sides.unixClients() ? config.listen(path("edge.sock")) : config);
  }

  private UnixPath path(String name) {
    return new UnixPath(directory.resolve(name).toString());
  }

  private SocketChannel connect(TestProxy proxy) throws IOException {
    return SocketChannel.open(
        sides.unixClients()
            ? UnixDomainSocketAddress.of(path("edge.sock").path())
            : new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
  }

  /** On a Unix socket it is one where something was not read. */
  private static void reset(SocketChannel channel, boolean unix) throws IOException {
    if (!unix) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    channel.close();
  }
}
