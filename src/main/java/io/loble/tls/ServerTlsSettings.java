package io.loble.tls;

import java.util.List;

/**
 * What a server of TLS is made of.
 *
 * @param credentials in order; the first serves clients whose name no certificate has
 * @param strictSni whether such clients are refused instead
 */
public record ServerTlsSettings(
    List<Credential> credentials, boolean strictSni, ClientCertificates clients, TlsTerms terms) {

  public ServerTlsSettings {
    credentials = List.copyOf(credentials);
    if (credentials.isEmpty()) {
      throw new IllegalArgumentException("a server of TLS needs a certificate");
    }
  }
}
