package io.loble.tls;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.credential;
import static io.loble.tls.TestCertificates.leaf;
import static io.loble.tls.TestCertificates.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a connection looks like at its end, behind the handlers of TLS: a relay builds on it. */
class ClosingTest {

  private final Peers peers = new Peers();

  @AfterEach
  void stop() {
    peers.close();
  }

  static Stream<Arguments> engines() {
    return HandshakeTest.engines();
  }

  private record Pair(Peers.End server, Peers.End client) {}

  private Pair connected(TlsEngine serves, TlsEngine asks) throws Exception {
    ServerTls tls =
        new ServerTls(serves, HandshakeTest.server(credential(leaf(AUTHORITY, "a.example"))));
    Peers.Server listening = peers.serve(tls);
    ClientTls client =
        new ClientTls(
            asks,
            new ClientTlsSettings(
                new BackendTrust.Full(only(AUTHORITY)), Optional.empty(), TlsTerms.DEFAULT));
    Peers.End asking = peers.connect(listening.address(), client, "a.example");
    Peers.End served = listening.next();
    served.agreed();
    asking.agreed();
    asking.write("ping");
    assertThat(served.next()).isEqualTo("ping");
    return new Pair(served, asking);
  }

  private static void closeOutbound(Peers.End end) throws Exception {
    Channel channel = end.channel.get();
    channel
        .eventLoop()
        .submit(() -> CloseNotify.send(channel.pipeline()))
        .get(20, TimeUnit.SECONDS)
        .get(20, TimeUnit.SECONDS);
  }

  /** A close_notify is told of before the FIN behind it. */
  @ParameterizedTest
  @MethodSource("engines")
  void aCleanEnd(TlsEngine serves, TlsEngine asks) throws Exception {
    Pair pair = connected(serves, asks);
    closeOutbound(pair.client());
    ((SocketChannel) pair.client().channel.get()).shutdownOutput().sync();
    assertThat(List.of(pair.server().next(), pair.server().next()))
        .containsExactly("[close_notify]", "[ChannelInputShutdownEvent]");
  }

  /** Where a FIN comes without it, something may be missing. */
  @ParameterizedTest
  @MethodSource("engines")
  void aTruncatedEnd(TlsEngine serves, TlsEngine asks) throws Exception {
    Pair pair = connected(serves, asks);
    ((SocketChannel) pair.client().channel.get()).shutdownOutput().sync();
    assertThat(pair.server().next()).isEqualTo("[ChannelInputShutdownEvent]");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aReset(TlsEngine serves, TlsEngine asks) throws Exception {
    Pair pair = connected(serves, asks);
    Channel client = pair.client().channel.get();
    client.config().setOption(ChannelOption.SO_LINGER, 0);
    client.eventLoop().submit(client.unsafe()::closeForcibly).sync();
    assertThat(pair.server().next()).isEqualTo("[CLOSED]");
  }

  /**
   * Who has said close_notify can still read what the other side says, as TLS 1.3 has it (RFC 8446,
   * section 6.1).
   */
  @ParameterizedTest
  @MethodSource("engines")
  void readsOnBehindItsOwnCloseNotify(TlsEngine serves, TlsEngine asks) throws Exception {
    Pair pair = connected(serves, asks);
    closeOutbound(pair.client());
    assertThat(pair.server().next()).isEqualTo("[close_notify]");
    pair.server().write("answer");
    assertThat(pair.client().next()).isEqualTo("answer");
    closeOutbound(pair.server());
    assertThat(pair.client().next()).isEqualTo("[close_notify]");
  }
}
