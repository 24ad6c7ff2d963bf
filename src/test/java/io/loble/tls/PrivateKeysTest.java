package io.loble.tls;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {

  private static final Optional<char[]> NO_PASSWORD = Optional.empty();

  @TempDir private Path directory = Path.of("");

  private PemFile made(String name) throws Exception {
    return PemFile.of(name, Files.readAllBytes(directory.resolve(name)));
  }

  /** Whether or not the one or the other brings its public key along. */
  private static void assertSame(PrivateKey one, PrivateKey other) {
    assertThat(((ECPrivateKey) one).getS()).isEqualTo(((ECPrivateKey) other).getS());
    assertThat(((ECPrivateKey) one).getParams()).isEqualTo(((ECPrivateKey) other).getParams());
  }

  private static void assertRefused(PemFile file, Optional<char[]> password, String... what) {
    assertThatExceptionOfType(TlsFileException.class)
        .isThrownBy(() -> PrivateKeys.read(file, password))
        .withMessageStartingWith(file.path() + ": ")
        .satisfies(e -> assertThat(e.getMessage()).contains(what));
  }

  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"rsa2048", "ecp256", "ecp384"})
  void readsPkcs8(Algorithm algorithm) throws Exception {
    X509Bundle leaf = TestCertificates.leaf(AUTHORITY, algorithm, "a.example");
    PemFile file = pem("key.pem", leaf.getCertificatePEM(), leaf.getPrivateKeyPEM());
    assertThat(PrivateKeys.read(file, NO_PASSWORD)).isEqualTo(leaf.getKeyPair().getPrivate());
  }

  @Test
  void readsPkcs1() throws Exception {
    OpensslProgram.run(directory, "genrsa", "-out", "pkcs8.pem", "2048");
    OpensslProgram.run(directory, "rsa", "-in", "pkcs8.pem", "-traditional", "-out", "pkcs1.pem");
    assertThat(made("pkcs1.pem").text()).contains("BEGIN RSA PRIVATE KEY");
    assertThat(PrivateKeys.read(made("pkcs1.pem"), NO_PASSWORD))
        .isEqualTo(PrivateKeys.read(made("pkcs8.pem"), NO_PASSWORD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"prime256v1", "secp384r1", "secp521r1"})
  void readsSec1(String curve) throws Exception {
    OpensslProgram.run(directory, "ecparam", "-name", curve, "-genkey", "-out", "sec1.pem");
    assertThat(made("sec1.pem").text()).contains("BEGIN EC PARAMETERS", "BEGIN EC PRIVATE KEY");
    OpensslProgram.run(directory, "pkcs8", "-topk8", "-nocrypt", "-in", "sec1.pem", "-out", "8");
    PrivateKey key = PrivateKeys.read(made("sec1.pem"), NO_PASSWORD);
    assertSame(key, PrivateKeys.read(made("8"), NO_PASSWORD));
  }

  /** Some programs leave the curve out of the key, since it stands in front of it. */
  @Test
  void takesTheCurveFromABlockOfItsOwn() throws Exception {
    OpensslProgram.run(directory, "ecparam", "-name", "prime256v1", "-genkey", "-out", "whole.pem");
    OpensslProgram.run(
        directory, "ec", "-in", "whole.pem", "-no_public", "-outform", "DER", "-out", "key.der");
    byte[] der = Files.readAllBytes(directory.resolve("key.der"));
    // SEQUENCE { INTEGER 1, OCTET STRING of 32 bytes, [0] curve }: the curve is cut off.
    byte[] bare = Arrays.copyOf(der, 2 + 3 + 34);
    bare[1] = 37;
    String block =
        "-----BEGIN EC PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(bare)
            + "\n-----END EC PRIVATE KEY-----\n";
    String whole = made("whole.pem").text();
    String parameters = whole.substring(0, whole.indexOf("-----BEGIN EC PRIVATE"));
    assertSame(
        PrivateKeys.read(pem("bare.pem", parameters, block), NO_PASSWORD),
        PrivateKeys.read(made("whole.pem"), NO_PASSWORD));
    assertRefused(pem("bare.pem", block), NO_PASSWORD, "does not say of which curve");
  }

  @ParameterizedTest
  @CsvSource({"-v2, aes256", "-v2, aes128", "-v1, PBE-SHA1-3DES"})
  void readsEncryptedKeys(String scheme, String cipher) throws Exception {
    OpensslProgram.run(directory, "genrsa", "-out", "key.pem", "2048");
    OpensslProgram.run(
        directory,
        "pkcs8",
        "-topk8",
        scheme,
        cipher,
        "-in",
        "key.pem",
        "-out",
        "enc.pem",
        "-passout",
        "pass:secret");
    assertThat(PrivateKeys.read(made("enc.pem"), Optional.of("secret".toCharArray())))
        .isEqualTo(PrivateKeys.read(made("key.pem"), NO_PASSWORD));
    assertRefused(made("enc.pem"), NO_PASSWORD, "encrypted, and there is no password");
    assertRefused(made("enc.pem"), Optional.of("wrong".toCharArray()), "the password does not fit");
  }

  @Test
  void saysHowToConvertWhatCannotBeDecrypted() throws Exception {
    OpensslProgram.run(directory, "genrsa", "-out", "key.pem", "2048");
    OpensslProgram.run(
        directory,
        "rsa",
        "-in",
        "key.pem",
        "-traditional",
        "-aes128",
        "-out",
        "old.pem",
        "-passout",
        "pass:secret");
    assertRefused(
        made("old.pem"), Optional.of("secret".toCharArray()), "openssl pkcs8 -topk8 -in FILE");
    OpensslProgram.run(
        directory,
        "pkcs8",
        "-topk8",
        "-scrypt",
        "-in",
        "key.pem",
        "-out",
        "scrypt.pem",
        "-passout",
        "pass:secret");
    assertRefused(
        made("scrypt.pem"), Optional.of("secret".toCharArray()), "form that cannot be read");
  }

  @Test
  void saysThatThereIsNone() throws Exception {
    assertRefused(pem("empty.pem"), NO_PASSWORD, "no private key", "only PEM can be read");
    assertRefused(
        pem("cert.pem", AUTHORITY.getCertificatePEM()),
        NO_PASSWORD,
        "no private key, but [CERTIFICATE at line 1]");
  }

  @Test
  void saysThatThereAreTwo() {
    assertRefused(
        pem("two.pem", AUTHORITY.getPrivateKeyPEM(), AUTHORITY.getPrivateKeyPEM()),
        NO_PASSWORD,
        "more than one private key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "X25519"})
  void saysWhichKindsItKnows(String algorithm) throws Exception {
    OpensslProgram.run(directory, "genpkey", "-algorithm", algorithm, "-out", "key.pem");
    assertRefused(made("key.pem"), NO_PASSWORD, "RSA keys and EC keys of P-256");
    assertRefused(
        pem("dsa.pem", "-----BEGIN DSA PRIVATE KEY-----", "AAAA", "-----END DSA PRIVATE KEY-----"),
        NO_PASSWORD,
        "a DSA PRIVATE KEY, which is not supported");
  }

  @Test
  void saysWhatIsBroken() {
    String begin = "-----BEGIN PRIVATE KEY-----";
    String end = "-----END PRIVATE KEY-----";
    assertRefused(pem("k", begin, "AAAA"), NO_PASSWORD, "at line 1 has no line", end);
    assertRefused(pem("k", begin, "A*A=", end), NO_PASSWORD, "is not Base64");
    assertRefused(pem("k", begin, end), NO_PASSWORD, "is empty");
    assertRefused(pem("k", "", begin, begin, end), NO_PASSWORD, "line 2 has another BEGIN");
    assertRefused(
        pem("k", begin, "-----END RSA PRIVATE KEY-----"), NO_PASSWORD, "ends at line 2 with");
    assertRefused(pem("k", begin, "AAAA", end), NO_PASSWORD, "is broken or of a kind");
    assertRefused(
        pem("k", "-----BEGIN EC PRIVATE KEY-----", "AAAA", "-----END EC PRIVATE KEY-----"),
        NO_PASSWORD,
        "its EC key is broken");
  }

  @Test
  void aFileHasABound() {
    assertThatNoException().isThrownBy(() -> PemFile.of("a", new byte[PemFile.MOST_BYTES]));
    assertThatExceptionOfType(TlsFileException.class)
        .isThrownBy(() -> PemFile.of("a.pem", new byte[PemFile.MOST_BYTES + 1]))
        .withMessage(
            "a.pem: has 1048577 bytes; a file of certificates or keys has no more than 1048576");
  }

  @Test
  void nothingOfAKeyIsPrinted() {
    Credential credential = TestCertificates.credential(TestCertificates.leaf(AUTHORITY, "a"));
    PemFile file = pem("key.pem", AUTHORITY.getPrivateKeyPEM());
    assertThat(file).hasToString("key.pem");
    assertThat(credential).hasToString("cert.pem (CN=leaf)");
  }
}
