package io.loble.tls;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * TLS towards backends that are all trusted for the same reasons. Sessions are resumed with a
 * backend of the same name and port. Immutable apart from those sessions; may be used from any
 * thread.
 */
public final class ClientTls {

  private final SslContext context;
  private final Optional<UsedCertificate> certificate;

  /**
   * Makes the context.
   *
   * @throws SSLException when the engine does not take the certificate
   * @throws IllegalArgumentException for cipher suites that the engine does not have
   */
  public ClientTls(TlsEngine engine, ClientTlsSettings settings) throws SSLException {
    this(builder(engine, settings).build(), settings);
  }

  private ClientTls(SslContext context, ClientTlsSettings settings) {
    this.context = context;
    this.certificate = settings.credential().map(UsedCertificate::of);
    if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
      // Netty has a context take no tickets in TLS 1.2 until it has keys, which no client uses.
      TicketKeys.fresh(new SecureRandom()).applyTo(sessions);
    }
  }

  /** In tests: with one version only. */
  static ClientTls only(TlsVersion version, TlsEngine engine, ClientTlsSettings settings)
      throws SSLException {
    SslContext context = builder(engine, settings).protocols(version.text()).build();
    return new ClientTls(context, settings);
  }

  /** The certificate that is shown to a backend that asks for one. */
  public Optional<UsedCertificate> certificate() {
    return certificate;
  }

  private static SslContextBuilder builder(TlsEngine engine, ClientTlsSettings settings) {
    SslContextBuilder builder = SslContextBuilder.forClient();
    settings
        .credential()
        .ifPresent(
            credential -> builder.keyManager(credential.key(), credential.chain().certificates()));
    settings.trust().applyTo(builder, engine);
    return settings.terms().applyTo(builder, engine);
  }

  /**
   * Has a connection begin with a handshake: puts handlers in front of a pipeline, which reads
   * nothing encrypted any more. They ask for reads themselves until the handshake is over. One
   * {@link TlsOutcome} follows as a user event; when it is a failure, the connection is closed
   * then. The handshake begins when the channel is connected, or at once.
   *
   * <p>In TLS 1.3 a backend that refuses the client's certificate says so after the handshake: as
   * an exception that {@link TlsFailure#of} understands.
   *
   * <p>On the channel's event loop.
   *
   * @param serverName that the backend is asked for (not where it is an IP address: RFC 6066), and
   *     that its certificate has to be for
   * @param timeout for the handshake
   */
  public void install(ChannelPipeline pipeline, String serverName, int port, Duration timeout) {
    SslHandler ssl = context.newHandler(pipeline.channel().alloc(), serverName, port);
    ssl.setHandshakeTimeoutMillis(Math.max(1, timeout.toMillis()));
    pipeline.addFirst(new OutcomeHandler());
    pipeline.addFirst(ssl);
    pipeline.addFirst(new HandshakeRecords());
  }
}
