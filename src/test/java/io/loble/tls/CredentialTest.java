package io.loble.tls;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.NOW;
import static io.loble.tls.TestCertificates.STRANGER;
import static io.loble.tls.TestCertificates.credential;
import static io.loble.tls.TestCertificates.leaf;
import static io.loble.tls.TestCertificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialTest {

  private static final X509Bundle MIDDLE = TestCertificates.intermediate("CN=Middle", AUTHORITY);

  private static final X509Bundle LEAF =
      leaf(MIDDLE, "A.example", "*.b.example", "192.0.2.1", "2001:db8::1");

  private static final Duration MONTH = Duration.ofDays(30);

  private static Credential read(PemFile cert, X509Bundle key) throws TlsFileException {
    return Credential.read(cert, pem("key.pem", key.getPrivateKeyPEM()), Optional.empty());
  }

  private static void assertRefused(PemFile cert, X509Bundle key, String message) {
    assertThatExceptionOfType(TlsFileException.class)
        .isThrownBy(() -> read(cert, key))
        .withMessage(message);
  }

  @Test
  void saysWhatTheCertificateSays() {
    CertificateFacts facts = credential(LEAF).chain().leafFacts();
    assertThat(facts.subject()).isEqualTo("CN=leaf");
    assertThat(facts.issuer()).isEqualTo("CN=Middle");
    assertThat(facts.dnsNames()).containsExactly("a.example", "*.b.example");
    assertThat(facts.addresses()).containsExactly("192.0.2.1", "2001:db8:0:0:0:0:0:1");
    assertThat(facts.notAfter())
        .isEqualTo(NOW.plus(Duration.ofDays(100)).truncatedTo(ChronoUnit.SECONDS));
    assertThat(facts.fingerprint()).matches("[0-9a-f]{64}");
  }

  @Test
  void theCommonNameIsNoName() throws Exception {
    X509Bundle plain = new CertificateBuilder().subject("CN=a.example").buildIssuedBy(AUTHORITY);
    assertThat(CertificateFacts.of(plain.getCertificate()).dnsNames()).isEmpty();
  }

  @Test
  void aCertificateNeedsNoSubject() throws Exception {
    X509Bundle plain = new CertificateBuilder().subject("").buildIssuedBy(AUTHORITY);
    assertThat(CertificateFacts.of(plain.getCertificate()).subject()).startsWith("serial number ");
  }

  @Test
  void readsAChainWithItsRootOrWithout() throws Exception {
    PemFile two = pem("c", LEAF.getCertificatePEM(), MIDDLE.getCertificatePEM());
    PemFile three = pem("c", "# comment", two.text(), AUTHORITY.getCertificatePEM());
    assertThat(read(two, LEAF).chain().certificates()).hasSize(2);
    assertThat(read(three, LEAF).chain().certificates()).hasSize(3);
  }

  @Test
  void knowsTheKindOfItsKey() {
    assertThat(credential(LEAF).kind()).isEqualTo(KeyKind.EC_P256);
    assertThat(credential(leaf(AUTHORITY, Algorithm.ecp384, "a")).kind())
        .isEqualTo(KeyKind.EC_P384);
    assertThat(credential(leaf(AUTHORITY, Algorithm.rsa2048, "a")).kind()).isEqualTo(KeyKind.RSA);
  }

  @Test
  void refusesAnotherCertificatesKey() {
    assertRefused(
        pem("cert.pem", LEAF.getCertificatePEM()),
        leaf(AUTHORITY, "a.example"),
        "key.pem: is not the key of the certificate in cert.pem (CN=leaf)");
    assertRefused(
        pem("cert.pem", LEAF.getCertificatePEM()),
        leaf(AUTHORITY, Algorithm.rsa2048, "a.example"),
        "key.pem: is not the key of the certificate in cert.pem (CN=leaf)");
  }

  @Test
  void saysWhichCertificateComesFirst() {
    assertRefused(
        pem("cert.pem", MIDDLE.getCertificatePEM(), LEAF.getCertificatePEM()),
        LEAF,
        "cert.pem: the chain is in the wrong order: certificate 2 (CN=leaf) is the one that the"
            + " key belongs to, and must come first");
  }

  @Test
  void saysWhichCertificateComesWhere() {
    assertRefused(
        pem(
            "cert.pem",
            LEAF.getCertificatePEM(),
            AUTHORITY.getCertificatePEM(),
            MIDDLE.getCertificatePEM()),
        LEAF,
        "cert.pem: the chain is in the wrong order: behind certificate 1 (CN=leaf) must come its"
            + " issuer, CN=Middle, which is certificate 3; there is certificate 2 (CN=Test CA)");
    assertRefused(
        pem("cert.pem", LEAF.getCertificatePEM(), STRANGER.getCertificatePEM()),
        LEAF,
        "cert.pem: the chain is in the wrong order: behind certificate 1 (CN=leaf) must come its"
            + " issuer, CN=Middle, which is not in the file; there is certificate 2 (CN=Strange"
            + " CA)");
  }

  /** Of the same name, with another key: as after a renewal of the authority. */
  @Test
  void anIssuerIsToldByItsKey() {
    X509Bundle renewed = TestCertificates.intermediate("CN=Middle", AUTHORITY);
    assertRefused(
        pem("cert.pem", LEAF.getCertificatePEM(), renewed.getCertificatePEM()),
        LEAF,
        "cert.pem: the chain is in the wrong order: behind certificate 1 (CN=leaf) must come its"
            + " issuer, CN=Middle, which is not in the file; there is certificate 2 (CN=Middle)");
  }

  @Test
  void saysThatThereIsNoCertificate() {
    PemFile empty = pem("cert.pem", "");
    assertRefused(
        empty,
        LEAF,
        "cert.pem: has no certificate: it has no line that begins with \"-----BEGIN\"; only PEM"
            + " can be read");
    assertRefused(
        pem("cert.pem", LEAF.getPrivateKeyPEM()),
        LEAF,
        "cert.pem: has no certificate, but [PRIVATE KEY at line 1]");
  }

  @Test
  void saysWhichCertificateIsBroken() {
    PemFile broken =
        pem(
            "cert.pem",
            LEAF.getCertificatePEM(),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
    assertThatExceptionOfType(TlsFileException.class)
        .isThrownBy(() -> read(broken, LEAF))
        .withMessageMatching("cert.pem: the CERTIFICATE at line \\d+ cannot be read: .*");
  }

  @Test
  void tellsWhetherItIsValid() {
    CertificateChain chain = credential(LEAF).chain();
    Instant end = chain.notAfter();
    assertThat(Validity.of(chain, NOW, MONTH)).isEqualTo(new Validity.Valid());
    assertThat(Validity.of(chain, end.minus(MONTH), MONTH)).isEqualTo(new Validity.Valid());
    assertThat(Validity.of(chain, end.minus(MONTH).plusSeconds(1), MONTH))
        .isEqualTo(new Validity.EndsSoon(end));
    assertThat(Validity.of(chain, end, MONTH).isUsable()).isTrue();
    Validity over = Validity.of(chain, end.plusSeconds(1), MONTH);
    assertThat(over.isUsable()).isFalse();
    assertThat(over.text()).isEqualTo("the certificate of CN=leaf has expired at " + end);
    Instant begin = chain.leafFacts().notBefore();
    Validity early = Validity.of(chain, begin.minusSeconds(1), MONTH);
    assertThat(early.isUsable()).isFalse();
    assertThat(early.text()).isEqualTo("the certificate of CN=leaf is not valid before " + begin);
  }

  @Test
  void aChainEndsWithTheFirstOfItsCertificates() throws Exception {
    X509Bundle shortLived =
        new CertificateBuilder()
            .subject("CN=Short")
            .notBefore(NOW.minus(Duration.ofDays(2)))
            .notAfter(NOW.plus(Duration.ofDays(2)))
            .setIsCertificateAuthority(true)
            .buildIssuedBy(AUTHORITY);
    CertificateChain chain = credential(leaf(shortLived, "a.example")).chain();
    assertThat(chain.notAfter()).isBefore(NOW.plus(Duration.ofDays(3)));
    assertThat(Validity.of(chain, NOW.plus(Duration.ofDays(3)), MONTH).text())
        .startsWith("the certificate of CN=Short has expired");
  }
}
