package io.loble.tls;

import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** What is checked of a backend's certificate. */
public sealed interface BackendTrust {

  /**
   * That it comes from an authority, and is for the name that was dialled (RFC 9525).
   *
   * @param authorities empty: those that the JDK comes with
   */
  record Full(List<X509Certificate> authorities) implements BackendTrust {
    public Full {
      authorities = List.copyOf(authorities);
    }
  }

  /**
   * That it comes from an authority, whatever name it is for.
   *
   * @param authorities empty: those that the JDK comes with
   */
  record Chain(List<X509Certificate> authorities) implements BackendTrust {
    public Chain {
      authorities = List.copyOf(authorities);
    }
  }

  /** Nothing: whoever is between can read and change everything. */
  record None() implements BackendTrust {}

  /** Has a context check it. */
  default void applyTo(SslContextBuilder builder, TlsEngine engine) {
    if (this instanceof Full full) {
      builder.trustManager(Trust.in(full.authorities(), engine));
      builder.endpointIdentificationAlgorithm("HTTPS");
    } else if (this instanceof Chain chain) {
      builder.trustManager(Trust.in(chain.authorities(), engine));
      // Netty's default is to check names.
      builder.endpointIdentificationAlgorithm("");
    } else {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      builder.endpointIdentificationAlgorithm("");
    }
  }
}
