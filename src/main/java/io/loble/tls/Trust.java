package io.loble.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes what checks chains of certificates: the JDK does, for both engines. */
final class Trust {

  private Trust() {}

  /**
   * @param authorities empty: those that the JDK comes with
   */
  static TrustManager in(List<X509Certificate> authorities, TlsEngine engine) {
    return made(authorities.isEmpty() ? Optional.empty() : Optional.of(authorities), engine);
  }

  /**
   * Refuses every certificate: for a server that asks for none. Without it, Netty has each context
   * read all authorities that the JDK comes with.
   */
  static TrustManager inNobody(TlsEngine engine) {
    return made(Optional.of(List.of()), engine);
  }

  private static TrustManager made(Optional<List<X509Certificate>> authorities, TlsEngine engine) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities.isPresent() ? store(authorities.get()) : null);
      X509ExtendedTrustManager jdk = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
      return engine == TlsEngine.BORINGSSL ? new AlertingTrust(jdk) : jdk;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JDK cannot check certificates", e);
    }
  }

  private static KeyStore store(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry(Integer.toString(i), authorities.get(i));
    }
    return store;
  }
}
