package io.loble.preface;

/**
 * Which certificates with keys of elliptic curves a client can check: the ECDSA schemes of its
 * {@code signature_algorithms} (RFC 8446, section 4.2.3), and below TLS 1.3 a cipher suite that
 * signs with ECDSA beside them. In TLS 1.2 a scheme names a hash and no curve; it is taken for the
 * curve that TLS 1.3 ties it to.
 */
public record EcdsaOffer(boolean p256, boolean p384, boolean p521) {

  /** A client that checks none. */
  public static final EcdsaOffer NONE = new EcdsaOffer(false, false, false);

  private static final int P256_SHA256 = 0x0403;
  private static final int P384_SHA384 = 0x0503;
  private static final int P521_SHA512 = 0x0603;

  /** With one more scheme that the client offers; schemes of other kinds change nothing. */
  EcdsaOffer with(int scheme) {
    return switch (scheme) {
      case P256_SHA256 -> new EcdsaOffer(true, p384, p521);
      case P384_SHA384 -> new EcdsaOffer(p256, true, p521);
      case P521_SHA512 -> new EcdsaOffer(p256, p384, true);
      default -> this;
    };
  }

  /** Whether a cipher suite of TLS 1.2 or earlier signs with ECDSA and has ephemeral keys. */
  static boolean isEcdsa(int suite) {
    // TLS_ECDHE_ECDSA_WITH_...: RFC 4492, RFC 5289, RFC 7251, RFC 7905.
    return (suite >= 0xc006 && suite <= 0xc00a)
        || (suite >= 0xc023 && suite <= 0xc024)
        || (suite >= 0xc02b && suite <= 0xc02c)
        || (suite >= 0xc0ac && suite <= 0xc0af)
        || suite == 0xcca9;
  }
}
