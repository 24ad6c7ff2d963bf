package io.loble.tls;

import io.netty.channel.ChannelPipeline;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one server, towards its clients. May be used from any thread.
 *
 * <p>Certificates and rules can be exchanged; connections that are open, and handshakes that have
 * begun, keep the old ones. With BoringSSL clients resume their sessions after an exchange, and
 * with any of the certificates, unless the rules for clients' certificates have changed. With the
 * JDK's engine they resume with the same certificate only, until it is exchanged.
 */
public final class ServerTls {

  /** How often {@link #rotateTicketKeys} is to be called. */
  public static final Duration ROTATION = TicketKeys.ROTATION;

  private final TlsEngine engine;
  private final SecureRandom random = new SecureRandom();
  private TicketKeys tickets;
  private volatile ServerContexts contexts;

  /**
   * Makes a context for each certificate, which takes some CPU time.
   *
   * @throws SSLException when the engine does not take a certificate
   * @throws IllegalArgumentException for cipher suites that the engine does not have
   */
  public ServerTls(TlsEngine engine, ServerTlsSettings settings) throws SSLException {
    this.engine = engine;
    this.tickets = TicketKeys.fresh(random);
    this.contexts = ServerContexts.of(engine, settings, tickets);
  }

  /**
   * Uses other certificates and rules from now on; when it fails, it goes on with the old ones.
   * Takes CPU time for each certificate: with BoringSSL 0.3 ms, with the JDK 5 ms. Native memory of
   * the old contexts goes when the garbage collector has found them.
   *
   * @throws SSLException when the engine does not take a certificate
   * @throws IllegalArgumentException for cipher suites that the engine does not have
   */
  public synchronized void exchange(ServerTlsSettings settings) throws SSLException {
    contexts = ServerContexts.of(engine, settings, tickets);
  }

  /** Encrypts session tickets with a new key; those of the last one can still be used. */
  public synchronized void rotateTicketKeys() {
    tickets = tickets.rotated(random);
    contexts.encryptTickets(tickets);
  }

  /** The certificates that new clients are shown, in the order of the settings. */
  public List<UsedCertificate> certificates() {
    return contexts.certificates();
  }

  /**
   * What a client that asks for a name would be shown now, and why.
   *
   * @param name in lower case; null for a client that asks for none
   */
  public CertificateMatch<UsedCertificate> match(@Nullable String name) {
    return contexts.match(name);
  }

  /**
   * Has a connection begin with a handshake: puts handlers in front of a pipeline, which reads
   * nothing encrypted any more. They ask for reads themselves until the handshake is over. One
   * {@link TlsOutcome} follows as a user event; when it is a failure, the connection is closed
   * then.
   *
   * <p>On the channel's event loop.
   *
   * @param timeout for all of the handshake, from now on
   */
  public void install(ChannelPipeline pipeline, Duration timeout) {
    pipeline.addFirst(new OutcomeHandler());
    pipeline.addFirst(new ServerHandshake(contexts, timeout));
    pipeline.addFirst(new HandshakeRecords());
  }
}
