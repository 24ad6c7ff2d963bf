package io.loble.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;

/** Whether a server asks its clients for certificates. */
public sealed interface ClientCertificates {

  /** It does not. */
  record None() implements ClientCertificates {}

  /** A client may show none, but no bad one. */
  record Requested(List<X509Certificate> authorities) implements ClientCertificates {
    public Requested {
      authorities = List.copyOf(authorities);
    }
  }

  /** A client without a good one is refused. */
  record Required(List<X509Certificate> authorities) implements ClientCertificates {
    public Required {
      authorities = List.copyOf(authorities);
    }
  }

  /** The authorities that clients' certificates have to come from. */
  default List<X509Certificate> trusted() {
    if (this instanceof Requested requested) {
      return requested.authorities();
    }
    return this instanceof Required required ? required.authorities() : List.of();
  }

  private ClientAuth mode() {
    if (this instanceof Requested) {
      return ClientAuth.OPTIONAL;
    }
    return this instanceof Required ? ClientAuth.REQUIRE : ClientAuth.NONE;
  }

  /** What checks them: made once for all contexts of a server. */
  default TrustManager trust(TlsEngine engine) {
    return trusted().isEmpty() ? Trust.inNobody(engine) : Trust.in(trusted(), engine);
  }

  /** Has a context ask for them. */
  default void applyTo(SslContextBuilder builder, TrustManager trust) {
    builder.clientAuth(mode()).trustManager(trust);
  }

  /**
   * 32 bytes that are others when clients are asked otherwise: a session that began under other
   * rules is not to be resumed, since nothing is checked then.
   */
  default byte[] fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(mode().name().getBytes(StandardCharsets.US_ASCII));
      for (X509Certificate authority : trusted()) {
        digest.update(authority.getEncoded());
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
