package io.loble.tls;

import io.loble.preface.EcdsaOffer;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** What a certificate's key is, and with that which clients can check it. */
public enum KeyKind {
  RSA,
  EC_P256,
  EC_P384,
  EC_P521;

  /** Empty for a key of another kind. */
  static Optional<KeyKind> of(PublicKey key) {
    if (key instanceof RSAPublicKey) {
      return Optional.of(RSA);
    }
    if (!(key instanceof ECPublicKey ec)) {
      return Optional.empty();
    }
    return switch (ec.getParams().getCurve().getField().getFieldSize()) {
      case 256 -> Optional.of(EC_P256);
      case 384 -> Optional.of(EC_P384);
      case 521 -> Optional.of(EC_P521);
      default -> Optional.empty();
    };
  }

  /** Whether a client can check it; for one with an RSA key, all are believed to. */
  boolean suits(EcdsaOffer offer) {
    return switch (this) {
      case RSA -> true;
      case EC_P256 -> offer.p256();
      case EC_P384 -> offer.p384();
      case EC_P521 -> offer.p521();
    };
  }
}
