package io.loble.proxy;

import static io.loble.model.SendProxy.V1;
import static io.loble.model.SendProxy.V2;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.ClosedPort;
import io.loble.model.SendProxy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a backend with {@code send_proxy} gets before the client's bytes, as Netty reads it. */
class SendProxyTest {

  private static final byte UNIQUE_ID = 0x05;
  private static final int MANY = 200;
  private static final int BULK = 4_000_000;

  private final BlockingQueue<Header> headers = new LinkedBlockingQueue<>();

  /** What a header says. */
  private record Header(
      HAProxyCommand command,
      HAProxyProxiedProtocol protocol,
      InetSocketAddress source,
      InetSocketAddress destination,
      String uniqueId) {}

  static Stream<Arguments> ways() {
    return RelayMode.here().flatMap(m -> Stream.of(V1, V2).map(v -> Arguments.of(m, v)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theBackendLearnsWhoTheClientIs(RelayMode mode, SendProxy version) throws Exception {
    try (TestServer server = echoBehindHeader();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).sendProxy(version));
        Socket client = proxy.connect()) {
      assertThat(talk(client, "hello")).isEqualTo("hello");
      Header header = headers.take();
      assertThat(header.command()).isEqualTo(HAProxyCommand.PROXY);
      assertThat(header.protocol()).isEqualTo(HAProxyProxiedProtocol.TCP4);
      assertThat(header.source()).isEqualTo(client.getLocalSocketAddress());
      assertThat(header.destination()).isEqualTo(client.getRemoteSocketAddress());
    }
  }

  /** Its bytes are the balancer's own. */
  @ParameterizedTest
  @MethodSource("ways")
  void theHeaderIsNotCountedAsRelayed(RelayMode mode, SendProxy version) throws Exception {
    try (TestServer server = echoBehindHeader();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).sendProxy(version))) {
      try (Socket client = proxy.connect()) {
        assertThat(talk(client, "hello")).isEqualTo("hello");
      }
      proxy.awaitIdle();
      assertThat(proxy.backend(0).stats().counters().bytesToBackend()).isEqualTo(5);
      assertThat(proxy.backend(0).stats().counters().bytesToClient()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aBackendThatSpeaksFirstIsToldWithoutAByteOfTheClient(RelayMode mode, SendProxy version)
      throws Exception {
    try (TestServer server =
            TestServer.start(
                socket -> {
                  socket.getOutputStream().write("welcome".getBytes(ISO_8859_1));
                  readHeader(socket.getInputStream());
                });
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).sendProxy(version));
        Socket client = proxy.connect()) {
      assertThat(headers.take().source()).isEqualTo(client.getLocalSocketAddress());
      assertThat(new String(client.getInputStream().readNBytes(7), ISO_8859_1))
          .isEqualTo("welcome");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void bulkFollowsItWithoutAGap(RelayMode mode, SendProxy version) throws Exception {
    byte[] sent = new Pattern(1, BULK).bytes(0, BULK);
    try (TestServer server = echoBehindHeader();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).sendProxy(version));
        Socket client = proxy.connect()) {
      Thread writer =
          new Thread(
              () -> {
                try {
                  client.getOutputStream().write(sent);
                  client.shutdownOutput();
                } catch (IOException e) {
                  // What is read tells.
                }
              });
      writer.start();
      assertThat(Arrays.equals(client.getInputStream().readAllBytes(), sent)).isTrue();
      writer.join();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aBackendThatIsTriedNextIsToldToo(RelayMode mode, SendProxy version) throws Exception {
    try (TestServer server = echoBehindHeader();
        TestProxy proxy =
            TestProxy.start(
                mode,
                new TestConfig()
                    .backend(ClosedPort.next())
                    .backend(server.port())
                    .failureThreshold(100)
                    .sendProxy(version))) {
      for (int i = 0; i < 4; i++) {
        try (Socket client = proxy.connect()) {
          assertThat(talk(client, "hello")).isEqualTo("hello");
          assertThat(headers.take().source()).isEqualTo(client.getLocalSocketAddress());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aBackendThatClosesAtOnceEndsTheConnectionAsEver(RelayMode mode, SendProxy version)
      throws Exception {
    try (TestServer server = TestServer.start(socket -> {});
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).sendProxy(version))) {
      for (int i = 0; i < 20; i++) {
        assertThat(ends(proxy)).isTrue();
      }
      proxy.awaitIdle();
      assertThat(proxy.listener().active()).isZero();
    }
  }

  @Test
  void aUniqueIdIsOneConnectionsOnly() throws Exception {
    Set<String> ids = new HashSet<>();
    for (int start = 0; start < 2; start++) {
      try (TestServer server = echoBehindHeader();
          TestProxy proxy =
              TestProxy.start(
                  RelayMode.PORTABLE, new TestConfig().backend(server.port()).sendProxy(V2))) {
        for (int i = 0; i < MANY; i++) {
          try (Socket client = proxy.connect()) {
            talk(client, "hello");
            ids.add(headers.take().uniqueId());
          }
        }
      }
    }
    assertThat(ids).hasSize(2 * MANY).allMatch(id -> id.matches("[0-9a-f]{24}-[0-9a-f]{16}"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void addressesOfIpv6AreTold(RelayMode mode, SendProxy version) throws Exception {
    InetAddress loopback = ipv6Loopback();
    try (TestServer server = echoBehindHeader();
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().listen("::1").backend(server.port()).sendProxy(version));
        Socket client = new Socket(loopback, proxy.port())) {
      assertThat(talk(client, "hello")).isEqualTo("hello");
      Header header = headers.take();
      assertThat(header.protocol()).isEqualTo(HAProxyProxiedProtocol.TCP6);
      assertThat(header.source()).isEqualTo(client.getLocalSocketAddress());
      assertThat(header.destination()).isEqualTo(client.getRemoteSocketAddress());
    }
  }

  /** A listener for both families sees it as an IPv6 address. */
  @ParameterizedTest
  @MethodSource("ways")
  void anIpv4ClientOfAnIpv6ListenerHasItsIpv4Address(RelayMode mode, SendProxy version)
      throws Exception {
    ipv6Loopback();
    try (TestServer server = echoBehindHeader();
        TestProxy proxy =
            TestProxy.start(
                mode, new TestConfig().listen("::").backend(server.port()).sendProxy(version));
        Socket client = proxy.connect()) {
      assertThat(talk(client, "hello")).isEqualTo("hello");
      Header header = headers.take();
      assertThat(header.protocol()).isEqualTo(HAProxyProxiedProtocol.TCP4);
      assertThat(header.source()).isEqualTo(client.getLocalSocketAddress());
    }
  }

  private static InetAddress ipv6Loopback() throws IOException {
    byte[] bytes = new byte[16];
    bytes[15] = 1;
    InetAddress loopback = InetAddress.getByAddress(bytes);
    Assumptions.assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "no IPv6 here");
    return loopback;
  }

  private TestServer echoBehindHeader() {
    return TestServer.start(
        socket -> {
          InputStream in = socket.getInputStream();
          readHeader(in);
          in.transferTo(socket.getOutputStream());
        });
  }

  private static String talk(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(ISO_8859_1));
    return new String(client.getInputStream().readNBytes(text.length()), ISO_8859_1);
  }

  /** Reads a header of either version, and not a byte more. */
  private void readHeader(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int first = in.read();
    bytes.write(first);
    if (first == 'P') {
      for (int next = 0; next != '\n'; ) {
        next = in.read();
        bytes.write(next);
      }
    } else {
      byte[] rest = in.readNBytes(15);
      bytes.write(rest);
      bytes.write(in.readNBytes(((rest[13] & 0xff) << 8) | (rest[14] & 0xff)));
    }
    headers.add(decode(bytes.toByteArray()));
  }

  private static Header decode(byte[] bytes) {
    EmbeddedChannel channel = new EmbeddedChannel(new HAProxyMessageDecoder());
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    HAProxyMessage message = channel.readInbound();
    try {
      return new Header(
          message.command(),
          message.proxiedProtocol(),
          new InetSocketAddress(message.sourceAddress(), message.sourcePort()),
          new InetSocketAddress(message.destinationAddress(), message.destinationPort()),
          uniqueId(message.tlvs()));
    } finally {
      message.release();
      channel.close();
    }
  }

  private static String uniqueId(List<HAProxyTLV> tlvs) {
    List<String> ids = new ArrayList<>();
    for (HAProxyTLV tlv : tlvs) {
      if (tlv.typeByteValue() == UNIQUE_ID) {
        ByteBuf content = tlv.content();
        ids.add(content.toString(ISO_8859_1));
      }
    }
    return String.join(",", ids);
  }

  /** Whether a client's connection comes to its end, by a FIN or a reset. */
  private static boolean ends(TestProxy proxy) {
    try (Socket client = proxy.connect()) {
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
