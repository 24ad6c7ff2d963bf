package io.loble.bench;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the benchmarks that speak TLS, against a server with a certificate of theirs. */
class TlsClientTest {

  private static final int CLIENTS = 10;
  private static final ByteBuf SAID = Unpooled.unreleasableBuffer(Unpooled.buffer().writeInt(1));

  @TempDir private Path directory = Path.of("");
  private final EventLoopGroup loop = Loops.one();

  @BeforeEach
  void theyCanBeMade() {
    assumeThat(Tools.missing(TlsFiles.PROGRAM).or(TlsClient::missing)).isEmpty();
  }

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 1, SECONDS).syncUninterruptibly();
  }

  @Test
  void eachHandshakeIsFullUnlessSessionsAreToBeResumed() throws Exception {
    int port = server(Reads.TLS);
    try (TlsClient tls = new TlsClient(port, false)) {
      connect(port, tls);
      connect(port, tls);
      assertThat(tls.full()).isEqualTo(2 * CLIENTS);
      assertThat(tls.resumed()).isZero();
      tls.check();
    }
  }

  @Test
  void whoComesAgainResumesItsSession() throws Exception {
    int port = server(Reads.TLS_RSA);
    try (TlsClient tls = new TlsClient(port, true)) {
      connect(port, tls);
      connect(port, tls);
      assertThat(tls.full()).isEqualTo(CLIENTS);
      assertThat(tls.resumed()).isEqualTo(CLIENTS);
    }
  }

  @Test
  void proxiesGetTheSameCertificateOfTheirKind() throws Exception {
    assertThat(certificate("a", Reads.TLS)).isEqualTo(certificate("b", Reads.TLS));
    assertThat(certificate("a", Reads.TLS).getPublicKey().getAlgorithm()).isEqualTo("EC");
    assertThat(certificate("c", Reads.TLS_RSA).getPublicKey().getAlgorithm()).isEqualTo("RSA");
  }

  private X509Certificate certificate(String proxy, Reads reads) throws Exception {
    Path file = files(proxy, reads).resolve(TlsFiles.CERT);
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private Path files(String proxy, Reads reads) throws Exception {
    Path own = directory.resolve(proxy);
    if (Files.notExists(own)) {
      TlsFiles.copy(directory, Files.createDirectory(own), reads);
    }
    return own;
  }

  /** Each of the clients comes once. */
  private static void connect(int port, TlsClient tls) throws Exception {
    EchoClients clients = new EchoClients(port, SAID, SAID.readableBytes(), CLIENTS, tls);
    EchoClients.Count count = clients.run(0);
    assertThat(count.answered()).isEqualTo(CLIENTS);
    assertThat(count.failed()).isZero();
  }

  /** Echoes; its port. */
  private int server(Reads reads) throws Exception {
    Path own = files("server", reads);
    SslContext context =
        SslContextBuilder.forServer(
                own.resolve(TlsFiles.CERT).toFile(), own.resolve(TlsFiles.KEY).toFile())
            .sslProvider(SslProvider.OPENSSL)
            .protocols(TlsClient.VERSION)
            .build();
    Channel listening =
        new ServerBootstrap()
            .group(loop)
            .channel(Loops.serverChannel())
            .childHandler(new Echo(context))
            .bind(Ports.address(0))
            .sync()
            .channel();
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  private static final class Echo extends ChannelInitializer<Channel> {

    private final SslContext context;

    Echo(SslContext context) {
      this.context = context;
    }

    @Override
    protected void initChannel(Channel channel) {
      channel.pipeline().addLast(context.newHandler(channel.alloc()), new Back());
    }
  }

  private static final class Back extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message, context.voidPromise());
    }
  }
}
