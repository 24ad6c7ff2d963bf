package io.loble.tls;

import io.loble.preface.ClientHello;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** A context for each certificate of a server. Immutable, apart from the keys of its tickets. */
final class ServerContexts {

  /**
   * Netty hands keys on in a key store with a password of its own, in memory. The default kind
   * takes 10,000 rounds of hashing for each, twice.
   */
  private static final String KEY_STORE = "JKS";

  /** The JDK keeps sessions of TLS 1.2 without tickets, and allows 20,480 for each certificate. */
  private static final long MOST_JDK_SESSIONS = 1024;

  private final CertificateSet<Served> byName;
  private final List<Served> all;

  /** A context, and whose it is. */
  private record Served(SslContext context, UsedCertificate certificate) {}

  private ServerContexts(CertificateSet<Served> byName, List<Served> all) {
    this.byName = byName;
    this.all = all;
  }

  /**
   * @throws SSLException when the engine does not take a certificate
   * @throws IllegalArgumentException for cipher suites that the engine does not have
   */
  static ServerContexts of(TlsEngine engine, ServerTlsSettings settings, TicketKeys tickets)
      throws SSLException {
    List<Served> all = new ArrayList<>();
    TrustManager trust = settings.clients().trust(engine);
    for (Credential credential : settings.credentials()) {
      SslContext context = context(engine, settings, credential, trust);
      all.add(new Served(context, UsedCertificate.of(credential)));
    }
    var next = all.iterator();
    CertificateSet<Served> byName =
        CertificateSet.of(settings.credentials(), settings.strictSni(), credential -> next.next());
    ServerContexts contexts = new ServerContexts(byName, List.copyOf(all));
    contexts.encryptTickets(tickets);
    return contexts;
  }

  private static SslContext context(
      TlsEngine engine, ServerTlsSettings settings, Credential credential, TrustManager trust)
      throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(credential.key(), credential.chain().certificates())
            .keyStoreType(KEY_STORE)
            .sessionTimeout(TicketKeys.ROTATION.toSeconds());
    if (engine == TlsEngine.JDK) {
      builder.sessionCacheSize(MOST_JDK_SESSIONS);
    }
    settings.clients().applyTo(builder, trust);
    SslContext context = settings.terms().applyTo(builder, engine).build();
    if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
      // Tickets are kept by clients. Sessions kept here would take memory for each certificate.
      sessions.setSessionCacheEnabled(false);
      sessions.setSessionIdContext(settings.clients().fingerprint());
    }
    return context;
  }

  /** The one for a client; null when it is to be refused. */
  @Nullable SslContext pick(ClientHello hello) {
    Served found = byName.pick(hello);
    return found == null ? null : found.context();
  }

  /** The certificates for a name, and why these. */
  CertificateMatch<UsedCertificate> match(@Nullable String name) {
    return byName.match(name).map(Served::certificate);
  }

  /** All certificates, in the order of the settings. */
  List<UsedCertificate> certificates() {
    return all.stream().map(Served::certificate).toList();
  }

  /** From now on. */
  void encryptTickets(TicketKeys tickets) {
    for (Served served : all) {
      if (served.context().sessionContext() instanceof OpenSslServerSessionContext sessions) {
        tickets.applyTo(sessions);
      }
    }
  }
}
