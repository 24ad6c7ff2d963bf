package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over https, with one certificate that is everybody's: the server's, the client's and the CA's.
 */
class CtlTlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String REQUEST = "GET /api/v1/config";

  private static Path directory;
  private static FakeAdmin open;
  private static FakeAdmin guarded;
  private static String cert;
  private static String key;

  @BeforeAll
  static void start(@TempDir Path shared)
      throws IOException, GeneralSecurityException, InterruptedException {
    directory = shared;
    KeyStore store = generated();
    cert = pem("CERTIFICATE", store.getCertificate("loble").getEncoded());
    Key secret = store.getKey("loble", PASSWORD);
    key = pem("PRIVATE KEY", secret.getEncoded());
    SSLContext context = context(store);
    open = FakeAdmin.startTls(new Tls(context, false)).answer(REQUEST, "{\"toml\": \"x\"}");
    guarded = FakeAdmin.startTls(new Tls(context, true)).answer(REQUEST, "{\"toml\": \"x\"}");
  }

  @AfterAll
  static void stop() {
    open.close();
    guarded.close();
  }

  @Test
  void withTheAuthority() {
    assertThat(config(open, "--ca", cert)).isEqualTo(new Ctl.Answer(0, "x\n", ""));
  }

  @Test
  void withoutTheAuthority() {
    Ctl.Answer answer = config(open);
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).startsWith("cannot reach https://").contains(": no TLS connection, ");
  }

  @Test
  void asAClientThatIsKnown() {
    assertThat(config(guarded, "--ca", cert, "--cert", cert, "--key", key))
        .isEqualTo(new Ctl.Answer(0, "x\n", ""));
  }

  @Test
  void asAClientThatIsNot() {
    Ctl.Answer answer = config(guarded, "--ca", cert);
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).startsWith("cannot reach https://");
  }

  @Test
  void filesOfNoUse() throws IOException {
    String nonsense = Files.writeString(directory.resolve("nonsense"), "x").toString();
    assertUsage(config(open, "--ca", "nowhere"), "--ca: nowhere is not a file that can be read");
    assertUsage(config(open, "--ca", nonsense), "--ca, --cert, --key: ");
    assertUsage(config(open, "--cert", cert), "--cert and --key belong together");
    assertUsage(config(open, "--cert", cert, "--key", nonsense), "--ca, --cert, --key: ");
  }

  @Test
  void withoutHttps() {
    assertUsage(
        Ctl.bare("config", "--admin", open.address(), "--ca", cert),
        "--ca, --cert and --key are for https, and http://" + open.address() + " is not");
  }

  private static void assertUsage(Ctl.Answer answer, String said) {
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).startsWith(said).hasLineCount(1).doesNotContain("Exception");
  }

  private static Ctl.Answer config(FakeAdmin admin, String... options) {
    String[] arguments = new String[options.length + 3];
    System.arraycopy(options, 0, arguments, 3, options.length);
    arguments[0] = "config";
    arguments[1] = "--admin";
    arguments[2] = "https://" + admin.address();
    return Ctl.bare(arguments);
  }

  /** The JDK has no public way to make a certificate, but a tool that does. */
  private static KeyStore generated()
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = directory.resolve("store");
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String line =
        "%s -genkeypair -alias loble -keyalg EC -dname CN=loble -ext san=ip:127.0.0.1 -validity 2"
            + " -storetype PKCS12 -storepass %s -keystore %s";
    Process process =
        new ProcessBuilder(line.formatted(tool, new String(PASSWORD), file).split(" "))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private static String pem(String type, byte[] content) throws IOException {
    String base64 = Base64.getMimeEncoder().encodeToString(content);
    String text = "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, base64, type);
    return Files.writeString(directory.resolve(type), text).toString();
  }

  private static SSLContext context(KeyStore store) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static final class Tls extends HttpsConfigurator {

    private final boolean asks;

    Tls(SSLContext context, boolean asks) {
      super(context);
      this.asks = asks;
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
      wanted.setNeedClientAuth(asks);
      parameters.setSSLParameters(wanted);
    }
  }
}
