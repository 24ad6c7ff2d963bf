package io.loble.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Whether two keys are a pair. May be used from any thread. */
public final class KeyMatch {

  private static final byte[] SAMPLE = "sample".getBytes(StandardCharsets.US_ASCII);

  private KeyMatch() {}

  /**
   * Whether what the one signs, the other confirms.
   *
   * @param own of RSA or of an elliptic curve
   */
  public static boolean belongTogether(PrivateKey own, PublicKey shown) {
    if (!own.getAlgorithm().equals(shown.getAlgorithm())) {
      return false;
    }
    try {
      return Proofs.hold(
          "a pair", own.getEncoded(), shown.getEncoded(), () -> confirms(own, shown));
    } catch (GeneralSecurityException e) {
      // Of another curve.
      return false;
    }
  }

  private static boolean confirms(PrivateKey own, PublicKey shown) throws GeneralSecurityException {
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
