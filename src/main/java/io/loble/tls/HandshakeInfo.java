package io.loble.tls;

import io.loble.preface.SslInfo;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake agreed on.
 *
 * @param version such as {@code TLSv1.3}
 * @param cipher such as {@code TLS_AES_128_GCM_SHA256}
 * @param serverName that the client asked for
 * @param alpn the protocol agreed on
 * @param resumed whether an earlier session goes on, so that no certificate was checked now. The
 *     JDK's engine does not say; by the time of the session it is wrong only where two handshakes
 *     fall into one millisecond, or the clock is set back
 * @param peer what the peer's certificate says; that of the earlier session when it is resumed
 */
public record HandshakeInfo(
    String version,
    String cipher,
    Optional<String> serverName,
    Optional<String> alpn,
    boolean resumed,
    Optional<CertificateFacts> peer) {

  /**
   * @param engine of a handshake that is over
   * @param startMillis when it began
   */
  static HandshakeInfo of(SSLEngine engine, @Nullable String alpn, long startMillis) {
    SSLSession session = engine.getSession();
    return new HandshakeInfo(
        session.getProtocol(),
        session.getCipherSuite(),
        serverName(session),
        Optional.ofNullable(alpn),
        resumed(engine, startMillis),
        peer(session));
  }

  private static Optional<String> serverName(SSLSession session) {
    List<SNIServerName> names =
        session instanceof ExtendedSSLSession extended
            ? extended.getRequestedServerNames()
            : List.of();
    return names.stream()
        .findFirst()
        .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII));
  }

  private static boolean resumed(SSLEngine engine, long startMillis) {
    return engine instanceof ReferenceCountedOpenSslEngine openSsl
        ? SSL.isSessionReused(openSsl.sslPointer())
        : engine.getSession().getCreationTime() < startMillis;
  }

  private static Optional<CertificateFacts> peer(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate leaf
          ? Optional.of(CertificateFacts.of(leaf))
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  /** What a backend is told of a client's connection in a header of the PROXY protocol. */
  public SslInfo sslInfo() {
    if (peer.isEmpty()) {
      return SslInfo.withoutCertificate(version, cipher);
    }
    int certificate =
        resumed
            ? SslInfo.CERTIFICATE_IN_SESSION
            : SslInfo.CERTIFICATE | SslInfo.CERTIFICATE_IN_SESSION;
    return new SslInfo(
        SslInfo.TLS | certificate,
        0,
        version,
        peer.flatMap(facts -> commonName(facts.subject())).orElse(null),
        cipher,
        null,
        null);
  }

  private static Optional<String> commonName(String subject) {
    try {
      for (Rdn rdn : new LdapName(subject).getRdns()) {
        if (rdn.getType().equalsIgnoreCase("CN")) {
          return Optional.of(rdn.getValue().toString());
        }
      }
    } catch (InvalidNameException e) {
      // A certificate without a subject.
      return Optional.empty();
    }
    return Optional.empty();
  }
}
