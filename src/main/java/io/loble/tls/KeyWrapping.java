package io.loble.tls;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** Makes PKCS#8 (RFC 5958) of the older forms of private keys. */
final class KeyWrapping {

  private static final byte[] VERSION_0 = Der.value(Der.INTEGER, new byte[] {0});

  /** rsaEncryption: RFC 8017, appendix A.1. */
  private static final byte[] RSA =
      Der.value(
          Der.SEQUENCE,
          Der.value(Der.OBJECT_ID, HexFormat.of().parseHex("2a864886f70d010101")),
          Der.value(Der.NULL));

  /** id-ecPublicKey: RFC 5480, section 2.1.1. */
  private static final byte[] EC =
      Der.value(Der.OBJECT_ID, HexFormat.of().parseHex("2a8648ce3d0201"));

  private static final int CURVE = 0xa0;

  private KeyWrapping() {}

  /** Of an RSAPrivateKey (RFC 8017, appendix A.1.2). */
  static byte[] pkcs1(byte[] key) {
    return Der.value(Der.SEQUENCE, VERSION_0, RSA, Der.value(Der.OCTET_STRING, key));
  }

  /**
   * Of an ECPrivateKey (RFC 5915).
   *
   * @param parameters of a block of their own, which some programs write before the key
   * @throws IllegalArgumentException when the key is broken, or nothing says of which curve it is
   */
  static byte[] sec1(byte[] key, Optional<byte[]> parameters) {
    byte[] curve =
        curve(key)
            .or(() -> parameters)
            .orElseThrow(
                () -> new IllegalArgumentException("it does not say of which curve it is"));
    return Der.value(
        Der.SEQUENCE,
        VERSION_0,
        Der.value(Der.SEQUENCE, EC, curve),
        Der.value(Der.OCTET_STRING, key));
  }

  private static Optional<byte[]> curve(byte[] key) {
    ByteBuffer fields = Der.enter(ByteBuffer.wrap(key), Der.SEQUENCE);
    Der.enter(fields, Der.INTEGER);
    Der.enter(fields, Der.OCTET_STRING);
    if (!fields.hasRemaining() || (fields.get(fields.position()) & 0xff) != CURVE) {
      return Optional.empty();
    }
    ByteBuffer content = Der.enter(fields, CURVE);
    byte[] curve = new byte[content.remaining()];
    content.get(curve);
    return Optional.of(curve);
  }
}
