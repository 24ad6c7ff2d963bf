package io.loble.config.source;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.CertificateFiles;
import io.loble.config.ListenerTls;
import io.loble.config.ListenerTls.ClientAuth;
import io.loble.tls.ClientCertificates;
import io.loble.tls.ServerTlsSettings;
import io.loble.tls.TestCertificates;
import io.loble.tls.TlsTerms;
import io.loble.tls.TlsVersion;
import io.loble.tls.Validity;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a listener's TLS have in them, as it changes. */
class ListenerTlsFilesTest {

  private static final X509Bundle OLD = leaf(AUTHORITY, "old.example");
  private static final X509Bundle NEW = leaf(AUTHORITY, "new.example");

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void write() throws IOException {
    write("", OLD);
  }

  @Test
  void settingsHaveAllThatIsConfigured() throws IOException {
    Files.writeString(path("ca.pem"), AUTHORITY.getCertificatePEM());
    ListenerTls tls =
        new ListenerTls(
            List.of(certificate()),
            true,
            path("ca.pem").toString(),
            ClientAuth.REQUIRE,
            TlsVersion.TLS_1_3,
            List.of(),
            List.of("h2"));
    ServerTlsSettings settings = ListenerTlsFiles.read(tls).settings();
    assertThat(names(settings)).containsExactly("old.example");
    assertThat(settings.strictSni()).isTrue();
    assertThat(settings.clients())
        .isEqualTo(new ClientCertificates.Required(List.of(AUTHORITY.getCertificate())));
    assertThat(settings.terms())
        .isEqualTo(new TlsTerms(TlsVersion.TLS_1_3, List.of(), List.of("h2")));
  }

  @Test
  void metricsAreToldOfEachFile() throws IOException {
    ServerTlsSettings settings = ListenerTlsFiles.read(tls()).settings();
    assertThat(FileFacts.of(settings.credentials(), TestCertificates.NOW))
        .singleElement()
        .satisfies(
            facts -> {
              assertThat(facts.file()).isEqualTo(path("tls.crt").toString());
              assertThat(facts.facts().dnsNames()).containsExactly("old.example");
              assertThat(facts.notAfter()).isEqualTo(facts.facts().notAfter());
              assertThat(facts.validity()).isInstanceOf(Validity.Valid.class);
            });
  }

  @Test
  void filesThatHaveNotChangedAreEqual() throws IOException {
    ListenerTlsFiles files = ListenerTlsFiles.read(tls());
    assertThat(files.again()).isEqualTo(files).hasSameHashCodeAs(files);
    write("", OLD);
    assertThat(files.again()).isEqualTo(files);
    assertThat(ListenerTlsFiles.read(strict())).isNotEqualTo(files);
  }

  @Test
  void aCertificateWithoutItsNewKeyIsNotTaken() throws IOException {
    ListenerTlsFiles files = ListenerTlsFiles.read(tls());
    Files.writeString(path("tls.crt"), NEW.getCertificatePathPEM());
    ListenerTlsFiles half = files.again();
    assertThat(half).isNotEqualTo(files);
    assertThatThrownBy(half::settings)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "certificates[0].key: %s: is not the key of the certificate in %s (CN=leaf)"
                .formatted(path("tls.key"), path("tls.crt")));

    Files.writeString(path("tls.key"), NEW.getPrivateKeyPEM());
    ListenerTlsFiles whole = half.again();
    assertThat(whole).isNotEqualTo(half).isNotEqualTo(files);
    assertThat(names(whole.settings())).containsExactly("new.example");
  }

  /** As Kubernetes does with a Secret: the files are links by way of a link that is replaced. */
  @Test
  void aDirectoryThatIsExchangedIsReadAsOne() throws IOException {
    for (String file : List.of("tls.crt", "tls.key")) {
      Files.delete(path(file));
      Files.createSymbolicLink(path(file), Path.of("..data", file));
    }
    write(Files.createDirectory(path("..first")).getFileName() + "/", OLD);
    write(Files.createDirectory(path("..second")).getFileName() + "/", NEW);
    Files.createSymbolicLink(path("..data"), Path.of("..first"));
    ListenerTlsFiles files = ListenerTlsFiles.read(tls());
    assertThat(names(files.settings())).containsExactly("old.example");

    Path next = Files.createSymbolicLink(path("..data_tmp"), Path.of("..second"));
    Files.move(next, path("..data"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(names(files.again().settings())).containsExactly("new.example");
  }

  @Test
  void aFileThatIsGoneIsSaidAndMayComeBack() throws IOException {
    ListenerTlsFiles files = ListenerTlsFiles.read(tls());
    Files.delete(path("tls.key"));
    ListenerTlsFiles without = files.again();
    assertThatThrownBy(without::settings)
        .hasMessage(
            "certificates[0].key: %s: no such file; create it, or correct the path"
                .formatted(path("tls.key")));
    write("", OLD);
    assertThat(without.again()).isEqualTo(files);
  }

  @Test
  void theFirstOfManyErrorsIsTold() throws IOException {
    Files.delete(path("tls.key"));
    Files.delete(path("tls.crt"));
    assertThatThrownBy(() -> ListenerTlsFiles.read(tls()).settings())
        .hasMessage(
            "certificates[0].cert: %s: no such file; create it, or correct the path; and 1 more"
                    .formatted(path("tls.crt"))
                + " errors");
  }

  @Test
  void nothingOfAKeyIsShown() throws IOException {
    assertThat(ListenerTlsFiles.read(tls()))
        .hasToString("[" + path("tls.crt") + ", " + path("tls.key") + "]");
  }

  private List<String> names(ServerTlsSettings settings) {
    return settings.credentials().get(0).chain().leafFacts().dnsNames();
  }

  private CertificateFiles certificate() {
    return new CertificateFiles(path("tls.crt").toString(), path("tls.key").toString(), "");
  }

  private ListenerTls tls() {
    return with(false);
  }

  private ListenerTls strict() {
    return with(true);
  }

  private ListenerTls with(boolean strict) {
    return new ListenerTls(
        List.of(certificate()),
        strict,
        "",
        ClientAuth.NONE,
        TlsVersion.TLS_1_2,
        List.of(),
        List.of());
  }

  private Path path(String name) {
    return directory.resolve(name);
  }

  private void write(String prefix, X509Bundle bundle) throws IOException {
    Files.writeString(path(prefix + "tls.crt"), bundle.getCertificatePathPEM());
    Files.writeString(path(prefix + "tls.key"), bundle.getPrivateKeyPEM());
  }
}
