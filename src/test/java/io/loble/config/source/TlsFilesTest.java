package io.loble.config.source;

import static io.loble.config.source.Loading.errors;
import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.NOW;
import static io.loble.tls.TestCertificates.leaf;
import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.ConfigException;
import io.loble.tls.CipherSuites;
import io.loble.tls.EngineChoice;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of TLS are opened when a configuration is loaded, and each error stands at its key. */
class TlsFilesTest {

  private static final X509Bundle A = leaf(AUTHORITY, "a.example");
  private static final X509Bundle B = leaf(AUTHORITY, "b.example");

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void write() throws IOException {
    secret("a.pem", A.getCertificatePathPEM());
    secret("a.key", A.getPrivateKeyPEM());
    secret("b.pem", B.getCertificatePathPEM());
    secret("b.key", B.getPrivateKeyPEM());
    secret("ca.pem", AUTHORITY.getCertificatePEM());
  }

  @Test
  void goodFilesAreNoTrouble() throws ConfigException {
    String toml =
        listener("a.pem", "a.key") + "client_ca = 'DIR/ca.pem'\nclient_auth = 'require'\n";
    String keys = "ca = 'DIR/ca.pem'\ncert = 'DIR/a.pem'\nkey = 'DIR/a.key'";
    assertThat(shown(toml + pool(keys))).isEmpty();
    assertThat(warnings(toml + pool(keys))).isEmpty();
  }

  @Test
  void aFileThatIsNotThere() {
    assertThat(shown(listener("none.pem", "none.key")))
        .containsExactly(
            "6: listeners[0].tls.certificates[0].cert: DIR/none.pem: no such file; create it, or"
                + " correct the path",
            "6: listeners[0].tls.certificates[0].key: DIR/none.key: no such file; create it, or"
                + " correct the path");
  }

  @Test
  void whatIsNoRegularFile() throws IOException {
    Files.createDirectory(directory.resolve("dir"));
    assertThat(shown(listener("dir", "a.key")))
        .containsExactly(
            "6: listeners[0].tls.certificates[0].cert: DIR/dir: is a directory, not a file");
  }

  @Test
  void aFileThatIsTooLarge() throws IOException {
    secret("large.pem", "x".repeat(1024 * 1024 + 1));
    assertThat(shown(listener("large.pem", "a.key")))
        .containsExactly(
            "6: listeners[0].tls.certificates[0].cert: DIR/large.pem: has more than 1 MiB");
  }

  @Test
  void aKeyInPlaceOfACertificate() {
    assertThat(shown(listener("a.key", "a.key")))
        .containsExactly(
            "6: listeners[0].tls.certificates[0].cert: DIR/a.key: has no certificate, but"
                + " [PRIVATE KEY at line 1]");
    assertThat(shown(listener("a.pem", "a.pem")))
        .singleElement()
        .asString()
        .startsWith(
            "6: listeners[0].tls.certificates[0].cert: DIR/a.pem: has no private key, but [");
  }

  @Test
  void theKeyOfAnotherCertificate() {
    assertThat(shown(listener("a.pem", "b.key")))
        .containsExactly(
            "6: listeners[0].tls.certificates[0].key: DIR/b.key: is not the key of the"
                + " certificate in DIR/a.pem (CN=leaf)");
  }

  @Test
  void aChainInTheWrongOrder() throws IOException {
    secret("wrong.pem", AUTHORITY.getCertificatePEM() + A.getCertificatePEM());
    assertThat(shown(listener("wrong.pem", "a.key")))
        .containsExactly(
            "6: listeners[0].tls.certificates[0].cert: DIR/wrong.pem: the chain is in the wrong"
                + " order: certificate 2 (CN=leaf) is the one that the key belongs to, and must"
                + " come first");
  }

  @Test
  void aCertificateThatHasEnded() throws IOException {
    Instant end = NOW.minus(1, DAYS).truncatedTo(DAYS);
    pair("old", leaf(end.minus(9, DAYS), end, "a.example"));
    assertThat(shown(listener("old.pem", "old.key")))
        .containsExactly(
            "6: listeners[0].tls.certificates[0].cert: DIR/old.pem: the certificate of CN=leaf"
                + " has expired at "
                + end
                + "; put a new one into the file");
  }

  @Test
  void aCertificateThatHasNotBegun() throws IOException {
    Instant begin = NOW.plus(2, DAYS).truncatedTo(DAYS);
    pair("new", leaf(begin, begin.plus(90, DAYS), "a.example"));
    assertThat(shown(listener("new.pem", "new.key")))
        .containsExactly(
            "6: listeners[0].tls.certificates[0].cert: DIR/new.pem: the certificate of CN=leaf"
                + " is not valid before "
                + begin
                + "; use one that is valid now, or set this machine's clock");
  }

  @Test
  void cipherSuitesThatTheEngineDoesNotHave() {
    String known = String.join(", ", CipherSuites.known(EngineChoice.get().engine()));
    assertThat(shown(listener("a.pem", "a.key") + "ciphers = ['TLS_RSA_WITH_RC4_128_MD5']\n"))
        .containsExactly(
            "7: listeners[0].tls.ciphers: unknown cipher suites: TLS_RSA_WITH_RC4_128_MD5; "
                + EngineChoice.get().engine().label()
                + " has "
                + known);
  }

  @Test
  void everyErrorIsToldAtItsPlace() {
    String toml =
        """
        [[listeners]]
        name = "edge"
        address = "127.0.0.1:0"
        pool = "web"
        [listeners.tls]
        client_ca = "DIR/a.key"
        client_auth = "require"
        [[listeners.tls.certificates]]
        cert = "DIR/a.pem"
        key = "DIR/a.key"
        [[listeners.tls.certificates]]
        cert = "DIR/b.pem"
        key = "DIR/a.key"
        key_password_file = "DIR/none"
        """;
    assertThat(shown(toml + pool("ca = 'DIR/none'\ncert = 'DIR/b.pem'\nkey = 'DIR/a.key'")))
        .containsExactly(
            "6: listeners[0].tls.client_ca: DIR/a.key: has no certificate, but [PRIVATE KEY at"
                + " line 1]",
            "14: listeners[0].tls.certificates[1].key_password_file: DIR/none: no such file;"
                + " create it, or correct the path",
            "16: pools.web.tls.ca: DIR/none: no such file; create it, or correct the path",
            "18: pools.web.tls.key: DIR/a.key: is not the key of the certificate in DIR/b.pem"
                + " (CN=leaf)");
  }

  @Test
  void aPoolThatDoesNotUseItsFilesNeedsNone() {
    assertThat(shown(listener("a.pem", "a.key") + pool("enabled = false\nca = 'DIR/none'")))
        .isEmpty();
  }

  @Test
  void whatWillBeTroubleIsAWarning() throws IOException, ConfigException {
    Instant end = NOW.plus(20, DAYS).truncatedTo(DAYS);
    pair("ends", leaf(NOW.minus(1, DAYS), end, "a.example"));
    Files.setPosixFilePermissions(
        directory.resolve("ends.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(warnings(listener("ends.pem", "ends.key")))
        .containsExactly(
            "listeners.edge.tls.certificates[0].cert: DIR/ends.pem expires at "
                + end
                + "; put a new one into the file before",
            "listeners.edge.tls.certificates[0].key: every user of this machine can read"
                + " DIR/ends.key (rw-r--r--); take that away with chmod o=");
    String own = pool("cert = 'DIR/ends.pem'\nkey = 'DIR/ends.key'");
    assertThat(warnings(listener("a.pem", "a.key") + own))
        .containsExactly(
            "pools.web.tls.cert: DIR/ends.pem expires at "
                + end
                + "; put a new one into the file before",
            "pools.web.tls.key: every user of this machine can read DIR/ends.key (rw-r--r--); take"
                + " that away with chmod o=");
  }

  @Test
  void aPlanLooksAtNoFile() throws ConfigException {
    assertThat(Loading.plan(absolute(listener("none.pem", "none.key"))).listeners()).hasSize(1);
  }

  @Test
  void thePlanOfTheFileItselfHasTheWarnings() throws IOException, ConfigException {
    pair("ends", leaf(NOW.minus(1, DAYS), NOW.plus(20, DAYS), "a.example"));
    Path toml = directory.resolve("loble.toml");
    Files.writeString(toml, absolute(listener("ends.pem", "ends.key")));
    JsonObject conf = new JsonObject().put("config", toml.toString());
    PlannedConfig planned =
        ConfigLoader.planLoad(ConfigLoader.launchOptions(conf, Map.of()), Map.of());
    assertThat(planned.warnings()).singleElement().asString().contains("ends.pem expires at ");
  }

  private static String listener(String cert, String key) {
    return """
        [[listeners]]
        name = "edge"
        address = "127.0.0.1:0"
        pool = "web"
        [listeners.tls]
        certificates = [{ cert = "DIR/%s", key = "DIR/%s" }]
        """
        .formatted(cert, key);
  }

  private static String pool(String keys) {
    return "[pools.web.tls]\n" + keys + '\n';
  }

  private void pair(String name, X509Bundle bundle) throws IOException {
    secret(name + ".pem", bundle.getCertificatePathPEM());
    secret(name + ".key", bundle.getPrivateKeyPEM());
  }

  private void secret(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private List<String> warnings(String toml) throws ConfigException {
    return inDirectory(Loading.loadAll(absolute(toml)).warnings());
  }

  /** With lines, but without columns, which depend on the directory. */
  private List<String> shown(String toml) {
    return inDirectory(errors(absolute(toml))).stream()
        .map(error -> error.replaceFirst("^loble.toml:(\\d+):\\d+: ", "$1: "))
        .toList();
  }

  private String absolute(String toml) {
    String complete = toml.contains("[pools") ? toml : toml + "[pools.web]\n";
    return complete.replace("DIR", directory.toString());
  }

  private List<String> inDirectory(List<String> lines) {
    return lines.stream().map(line -> line.replace(directory.toString(), "DIR")).toList();
  }
}
