package io.loble.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes authorities and certificates. */
public final class TestCertificates {

  @SuppressWarnings("TimeInStaticInitializer")
  public static final Instant NOW = Instant.now();

  /** The one that most certificates come from. */
  public static final X509Bundle AUTHORITY = authority("CN=Test CA");

  /** Another one. */
  public static final X509Bundle STRANGER = authority("CN=Strange CA");

  private TestCertificates() {}

  public static X509Bundle authority(String subject) {
    return made(() -> builder(subject).setIsCertificateAuthority(true).buildSelfSigned());
  }

  public static X509Bundle intermediate(String subject, X509Bundle issuer) {
    return made(() -> builder(subject).setIsCertificateAuthority(true).buildIssuedBy(issuer));
  }

  private static CertificateBuilder builder(String subject) {
    return new CertificateBuilder()
        .subject(subject)
        .notBefore(NOW.minus(Duration.ofDays(100)))
        .notAfter(NOW.plus(Duration.ofDays(100)));
  }

  /** Of P-256. */
  public static X509Bundle leaf(X509Bundle issuer, String... names) {
    return leaf(issuer, Algorithm.ecp256, names);
  }

  public static X509Bundle leaf(X509Bundle issuer, Algorithm algorithm, String... names) {
    return made(() -> named(builder("CN=leaf"), names).algorithm(algorithm).buildIssuedBy(issuer));
  }

  public static X509Bundle leaf(Instant notBefore, Instant notAfter, String... names) {
    return made(
        () ->
            named(builder("CN=leaf"), names)
                .notBefore(notBefore)
                .notAfter(notAfter)
                .buildIssuedBy(AUTHORITY));
  }

  public static X509Bundle client(X509Bundle issuer, String subject) {
    return made(() -> builder(subject).addExtendedKeyUsageClientAuth().buildIssuedBy(issuer));
  }

  /** The builder's own method takes no wildcards. */
  private static CertificateBuilder named(CertificateBuilder builder, String... names) {
    if (names.length == 0) {
      return builder;
    }
    byte[][] all = Arrays.stream(names).map(TestCertificates::generalName).toArray(byte[][]::new);
    return builder.addExtensionOctetString("2.5.29.17", false, Der.value(Der.SEQUENCE, all));
  }

  /** RFC 5280, section 4.2.1.6. */
  private static byte[] generalName(String name) {
    return Character.isDigit(name.charAt(0))
        ? Der.value(0x87, made(() -> InetAddress.getByName(name)).getAddress())
        : Der.value(0x82, name.getBytes(StandardCharsets.US_ASCII));
  }

  static PemFile pem(String path, String... text) {
    try {
      return PemFile.of(path, String.join("\n", text).getBytes(StandardCharsets.ISO_8859_1));
    } catch (TlsFileException e) {
      throw new AssertionError(e);
    }
  }

  static Credential credential(X509Bundle bundle) {
    return made(
        () ->
            Credential.read(
                pem("cert.pem", bundle.getCertificatePathPEM()),
                pem("key.pem", bundle.getPrivateKeyPEM()),
                Optional.empty()));
  }

  static List<X509Certificate> only(X509Bundle bundle) {
    return List.of(bundle.getCertificate());
  }

  private interface Making<T> {
    T make() throws Exception;
  }

  private static <T> T made(Making<T> making) {
    try {
      return making.make();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
