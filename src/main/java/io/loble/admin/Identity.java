package io.loble.admin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** A private key, and the public one that a certificate shows to others. */
record Identity(PrivateKey own, PublicKey shown) {

  private static final byte[] SAMPLE = "sample".getBytes(StandardCharsets.US_ASCII);

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

  /** Whether what the one signs, the other confirms. */
  boolean belongsTogether() throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            own.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
    signature.initSign(own);
    signature.update(SAMPLE);
    byte[] signed = signature.sign();
    signature.initVerify(shown);
    signature.update(SAMPLE);
    return signature.verify(signed);
  }
}
