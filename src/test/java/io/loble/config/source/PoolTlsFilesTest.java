package io.loble.config.source;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.model.PoolTls;
import io.loble.model.PoolTls.Verify;
import io.loble.tls.BackendTrust;
import io.loble.tls.ClientTlsSettings;
import io.loble.tls.OpensslProgram;
import io.loble.tls.TlsTerms;
import io.loble.tls.TlsVersion;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a pool's TLS have in them. */
class PoolTlsFilesTest {

  private static final X509Bundle OWN = client(AUTHORITY, "CN=balancer");

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(path("ca.pem"), AUTHORITY.getCertificatePEM());
    Files.writeString(path("own.pem"), OWN.getCertificatePathPEM());
    Files.writeString(path("own.key"), OWN.getPrivateKeyPEM());
  }

  @Test
  void withoutFilesThoseOfTheJdkAreTrusted() throws IOException {
    PoolTlsFiles files = PoolTlsFiles.read(tls(Verify.FULL, "", "", "", ""));
    ClientTlsSettings settings = files.settings();
    assertThat(settings.trust()).isEqualTo(new BackendTrust.Full(List.of()));
    assertThat(settings.credential()).isEmpty();
    assertThat(settings.terms())
        .isEqualTo(new TlsTerms(TlsVersion.TLS_1_2, List.of(), List.of("h2")));
    assertThat(files.again()).isEqualTo(files);
  }

  @Test
  void settingsHaveAllThatIsConfigured() throws IOException {
    ClientTlsSettings settings =
        PoolTlsFiles.read(tls(Verify.CHAIN, "ca.pem", "own.pem", "own.key", "")).settings();
    assertThat(settings.trust())
        .isEqualTo(new BackendTrust.Chain(List.of(AUTHORITY.getCertificate())));
    assertThat(settings.credential())
        .hasValueSatisfying(
            credential ->
                assertThat(credential.chain().leafFacts().subject()).isEqualTo("CN=balancer"));
    assertThat(PoolTlsFiles.read(tls(Verify.NONE, "", "", "", "")).settings().trust())
        .isEqualTo(new BackendTrust.None());
  }

  @Test
  void aKeyMayBeEncrypted() throws Exception {
    OpensslProgram.run(
        directory, "pkcs8", "-topk8", "-in", "own.key", "-passout", "pass:secret", "-out", "enc");
    Files.writeString(path("password"), "secret\n");
    assertThat(
            PoolTlsFiles.read(tls(Verify.NONE, "", "own.pem", "enc", "password"))
                .settings()
                .credential())
        .isPresent();

    Files.writeString(path("password"), "other\n");
    PoolTlsFiles wrong = PoolTlsFiles.read(tls(Verify.NONE, "", "own.pem", "enc", "password"));
    assertThatThrownBy(wrong::settings)
        .hasMessage("key: " + path("enc") + ": the password does not fit its encrypted key");
    PoolTlsFiles none = PoolTlsFiles.read(tls(Verify.NONE, "", "own.pem", "enc", ""));
    assertThatThrownBy(none::settings)
        .hasMessage(
            "key: "
                + path("enc")
                + ": its key is encrypted, and there is no password; name its"
                + " file with key_password_file");
  }

  @Test
  void anAuthorityThatChangesIsNoticed() throws IOException {
    PoolTlsFiles files = PoolTlsFiles.read(tls(Verify.FULL, "ca.pem", "", "", ""));
    Files.writeString(path("ca.pem"), "");
    PoolTlsFiles changed = files.again();
    assertThat(changed).isNotEqualTo(files);
    assertThatThrownBy(changed::settings)
        .hasMessageStartingWith("ca: " + path("ca.pem") + ": has no certificate");
  }

  private PoolTls tls(Verify verify, String ca, String cert, String key, String password) {
    return new PoolTls(
        true,
        verify,
        named(ca),
        "",
        false,
        named(cert),
        named(key),
        named(password),
        List.of("h2"));
  }

  private String named(String file) {
    return file.isEmpty() ? "" : path(file).toString();
  }

  private Path path(String name) {
    return directory.resolve(name);
  }
}
