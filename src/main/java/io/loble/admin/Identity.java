package io.loble.admin;

import io.loble.tls.KeyMatch;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** A private key, and the public one that a certificate shows to others. */
record Identity(PrivateKey own, PublicKey shown) {

  /** The only one that there is. */
  static Identity of(KeyManagerFactory factory) {
    X509KeyManager manager = (X509KeyManager) factory.getKeyManagers()[0];
    String alias =
        Stream.of("RSA", "EC")
            .map(type -> manager.getServerAliases(type, null))
            .filter(aliases -> aliases != null)
            .flatMap(Arrays::stream)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("neither an RSA nor an EC key"));
    return new Identity(
        manager.getPrivateKey(alias), manager.getCertificateChain(alias)[0].getPublicKey());
  }

  /** Whether the two are a pair. */
  boolean belongsTogether() {
    return KeyMatch.belongTogether(own, shown);
  }
}
