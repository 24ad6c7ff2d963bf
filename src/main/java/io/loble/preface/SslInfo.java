package io.loble.preface;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A client's TLS connection, as a header of the PROXY protocol describes it (section 2.2.6 of its
 * description).
 *
 * @param client a sum of {@link #TLS}, {@link #CERTIFICATE} and {@link #CERTIFICATE_IN_SESSION}
 * @param verify 0 when the client presented a certificate that was found to be valid
 * @param version such as {@code TLSv1.3}
 * @param commonName of the client's certificate
 * @param cipher such as {@code TLS_AES_128_GCM_SHA256}
 * @param signatureAlgorithm that the certificate shown to the client is signed with
 * @param keyAlgorithm of the key of the certificate shown to the client
 */
public record SslInfo(
    int client,
    int verify,
    @Nullable String version,
    @Nullable String commonName,
    @Nullable String cipher,
    @Nullable String signatureAlgorithm,
    @Nullable String keyAlgorithm) {

  /** The client came over TLS. */
  public static final int TLS = 0x01;

  /** The client presented a certificate on this connection. */
  public static final int CERTIFICATE = 0x02;

  /** The client presented a certificate at least once in this TLS session. */
  public static final int CERTIFICATE_IN_SESSION = 0x04;

  /** A client that came over TLS and presented no certificate. */
  public static SslInfo withoutCertificate(String version, String cipher) {
    return new SslInfo(TLS, 1, version, null, cipher, null, null);
  }

  /** Whether the client presented a certificate, now or earlier, that was found to be valid. */
  public boolean verified() {
    return verify == 0 && (client & (CERTIFICATE | CERTIFICATE_IN_SESSION)) != 0;
  }

  /**
   * @param value of the TLV; its lengths are known to add up
   */
  static SslInfo read(byte[] value) {
    ByteBuffer fixed = ByteBuffer.wrap(value);
    byte[] rest = new byte[value.length - ProxyV2.SSL_FIXED_BYTES];
    fixed.get(ProxyV2.SSL_FIXED_BYTES, rest);
    ProxyTlvs inner = new ProxyTlvs(rest);
    return new SslInfo(
        fixed.get(0) & 0xff,
        fixed.getInt(1),
        text(inner, ProxyV2.TYPE_SSL_VERSION),
        text(inner, ProxyV2.TYPE_SSL_CN),
        text(inner, ProxyV2.TYPE_SSL_CIPHER),
        text(inner, ProxyV2.TYPE_SSL_SIGNATURE),
        text(inner, ProxyV2.TYPE_SSL_KEY));
  }

  private static @Nullable String text(ProxyTlvs inner, int type) {
    byte[] value = inner.value(type);
    return value == null ? null : new String(value, UTF_8);
  }

  byte[] write() {
    TlvBuilder inner = new TlvBuilder();
    add(inner, ProxyV2.TYPE_SSL_VERSION, version);
    add(inner, ProxyV2.TYPE_SSL_CN, commonName);
    add(inner, ProxyV2.TYPE_SSL_CIPHER, cipher);
    add(inner, ProxyV2.TYPE_SSL_SIGNATURE, signatureAlgorithm);
    add(inner, ProxyV2.TYPE_SSL_KEY, keyAlgorithm);
    byte[] rest = inner.build().raw();
    return ByteBuffer.allocate(ProxyV2.SSL_FIXED_BYTES + rest.length)
        .put((byte) client)
        .putInt(verify)
        .put(rest)
        .array();
  }

  private static void add(TlvBuilder to, int type, @Nullable String text) {
    if (text != null) {
      to.add(type, text.getBytes(UTF_8));
    }
  }
}
