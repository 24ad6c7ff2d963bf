package io.loble.tls;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a file holds, it is read, or refused with an error that names it. */
class PemHostileTest {

  private static final String GOOD =
      AUTHORITY.getCertificatePEM() + '\n' + AUTHORITY.getPrivateKeyPEM();

  private static void read(byte[] content) {
    try {
      PemFile file = PemFile.of("x.pem", content);
      Credential.read(file, file, Optional.empty());
    } catch (TlsFileException e) {
      assertThat(e.getMessage()).startsWith("x.pem: ");
    }
  }

  @Property(tries = 300)
  void anyBytes(@ForAll @Size(max = 300) byte[] content) {
    read(content);
  }

  @Property(tries = 300)
  void aFileThatIsCutOff(@ForAll @IntRange(max = 1000) int length) {
    read(bytes(GOOD.substring(0, Math.min(length, GOOD.length()))));
  }

  @Property(tries = 1000)
  void aFileWithAnotherByte(@ForAll @IntRange(max = 1000) int at, @ForAll byte value) {
    byte[] content = bytes(GOOD);
    content[at % content.length] = value;
    read(content);
  }

  @Property(tries = 500)
  void brokenKeysInEveryForm(@ForAll @Size(max = 60) byte[] der, @ForAll boolean rsa) {
    String label = rsa ? "RSA PRIVATE KEY" : "EC PRIVATE KEY";
    String text =
        "-----BEGIN "
            + label
            + "-----\n"
            + Base64.getEncoder().encodeToString(der)
            + "\n-----END "
            + label
            + "-----\n";
    read(bytes(AUTHORITY.getCertificatePEM() + '\n' + text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
