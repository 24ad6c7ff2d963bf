package io.loble.scenario;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.CertificateFiles;
import io.loble.control.ProcessStatus;
import io.loble.model.HostPort;
import io.loble.proxy.ListenerRegistry;
import io.loble.tls.CertificateDirectory;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of TLS from outside: connections, explanations, the status and the metrics. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsShownTest {

  private static final String FILE =
      """
      [admin]
      address = "127.0.0.1:0"
      [[listeners]]
      name = "edge"
      address = "127.0.0.1:0"
      routes = [{ alpn = ["h2"], pool = "default" }]
      [listeners.tls]
      certificates = [%1$s, %2$s]
      alpn = ["h2", "http/1.1"]
      [[listeners]]
      name = "strict"
      address = "127.0.0.1:0"
      [listeners.tls]
      certificates = [%1$s]
      strict_sni = true
      [pools.default]
      backends = [{ name = "one", address = "%3$s" }]
      [pools.checked]
      [pools.checked.tls]
      verify = "none"
      """;

  private final Vertx servers = Vertx.vertx();
  private InProcess balancer;
  private Admin admin;
  private Path other = Path.of("");

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    CertificateDirectory certificates = new CertificateDirectory(directory);
    String first = entry(certificates.write("first", leaf(AUTHORITY, "a.example")));
    CertificateFiles wildcard = certificates.write("other", leaf(AUTHORITY, "*.b.example"));
    other = Path.of(wildcard.cert());
    Path file = directory.resolve("loble.toml");
    String backend = EchoServer.start(servers).address();
    Files.writeString(file, FILE.formatted(first, entry(wildcard), backend));
    balancer = InProcess.start(file, "1h");
    admin = new Admin(ProcessStatus.of(balancer.vertx()).adminAddress().toString());
  }

  private static String entry(CertificateFiles files) {
    return "{ cert = \"%s\", key = \"%s\" }".formatted(files.cert(), files.key());
  }

  @AfterAll
  void stop() {
    balancer.close();
    servers.close().await();
  }

  private JsonObject get(String target) {
    return new JsonObject(admin.get("/api/v1/" + target).body());
  }

  private Socket plain(String listener) throws IOException {
    HostPort address =
        (HostPort)
            new ListenerRegistry(balancer.vertx())
                .entries().stream()
                    .filter(entry -> entry.name().equals(listener))
                    .findFirst()
                    .orElseThrow()
                    .address();
    return new Socket(address.host(), address.port());
  }

  private SSLSocket secured(String listener, String name) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    SSLSocket client =
        (SSLSocket) context.getSocketFactory().createSocket(plain(listener), "127.0.0.1", 0, true);
    SSLParameters parameters = client.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(name)));
    parameters.setApplicationProtocols(new String[] {"h2"});
    client.setSSLParameters(parameters);
    return client;
  }

  @Test
  void aConnectionShowsItsVersionAndTheNameThatWasAskedFor() throws Exception {
    try (SSLSocket client = secured("edge", "x.b.example")) {
      client.getOutputStream().write('x');
      assertThat(client.getInputStream().read()).isEqualTo('x');
      JsonObject connection =
          get("connections?listener=edge").getJsonArray("connections").getJsonObject(0);

      assertThat(connection.getString("tls")).isEqualTo("TLSv1.3");
      assertThat(connection.getString("sni")).isEqualTo("x.b.example");
    }
    assertThat(handshakes("edge").getLong("ok")).isPositive();
    assertThat(admin.get("/metrics").body())
        .contains(
            "loble_listener_tls_handshakes_total"
                + "{listener=\"edge\",result=\"ok\",resumed=\"false\",version=\"TLSv1.3\"}");
  }

  @Test
  void whatIsNoTlsIsTurnedAwayAndCounted() throws Exception {
    try (Socket client = plain("strict")) {
      client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      await().atMost(20, TimeUnit.SECONDS).until(() -> failed("strict").getLong("not_tls") == 1);
    }
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> listener("strict").getJsonObject("rejected_by").getLong("tls") == 1);
  }

  private JsonObject listener(String name) {
    return get("listeners/" + name);
  }

  private JsonObject tls(String listener) {
    return listener(listener).getJsonObject("tls");
  }

  private JsonObject handshakes(String listener) {
    return tls(listener).getJsonObject("handshakes");
  }

  private JsonObject failed(String listener) {
    return handshakes(listener).getJsonObject("failed_by");
  }

  @Test
  void explainNamesTheCertificate() {
    JsonObject exact = explain("edge", "&sni=a.example");
    assertThat(exact.getJsonObject("certificate").getString("file")).endsWith("first.pem");
    assertThat(exact.getString("certificate_why")).isEqualTo("it has the name a.example");

    JsonObject wildcard = explain("edge", "&sni=X.b.example&alpn=http/1.1,h2");
    assertThat(wildcard.getJsonObject("certificate").getString("file")).endsWith("other.pem");
    assertThat(wildcard.getString("certificate_why"))
        .isEqualTo("its name *.b.example covers x.b.example");
    assertThat(wildcard.getString("agreed_alpn")).isEqualTo("h2");
    assertThat(wildcard.getString("route_why")).isEqualTo("alpn h2");

    JsonObject first = explain("edge", "");
    assertThat(first.getString("certificate_why"))
        .isEqualTo("the client asks for no name, so it is the first");
    assertThat(first.getString("backend_tls")).isEqualTo("off");
  }

  @Test
  void aFileOfNoUseIsSaidInTheStatus() throws Exception {
    byte[] good = Files.readAllBytes(other);
    Files.writeString(other, "broken");
    await().atMost(20, TimeUnit.SECONDS).until(() -> tls("edge").getString("error") != null);
    assertThat(tls("edge").getJsonArray("warnings").getString(0))
        .startsWith("files cannot be used, what they held before stays: certificates[1].cert: ");
    assertThat(explain("edge", "&sni=x.b.example").getValue("certificate")).isNotNull();
    Files.write(other, good);
    await().atMost(20, TimeUnit.SECONDS).until(() -> tls("edge").getString("error") == null);
  }

  /** What the client offers is one thing, what is agreed on another. */
  @Test
  void routesLookAtTheProtocolThatIsAgreedOn() {
    assertThat(explain("edge", "&alpn=http/1.1,h2").getInteger("route")).isZero();
    assertThat(explain("edge", "&alpn=http/1.1").getInteger("route")).isNull();
    assertThat(explain("strict", "&sni=a.example&alpn=h2").getString("agreed_alpn")).isNull();
  }

  @Test
  void explainSaysWhoIsRefusedForTheName() {
    JsonObject refused = explain("strict", "&sni=nobody.example");

    assertThat(refused.getString("rejected")).isEqualTo("tls");
    assertThat(refused.getValue("certificate")).isNull();
    assertThat(refused.getString("why"))
        .isEqualTo("no certificate has the name nobody.example, which strict_sni refuses");
  }

  private JsonObject explain(String listener, String more) {
    return get("explain?client=10.0.0.7&listener=" + listener + more);
  }

  @Test
  void theStatusWarnsWhereNothingIsVerified() {
    assertThat(get("pools/checked").getJsonObject("tls").getJsonArray("warnings"))
        .containsExactly("verify is none: whoever is between can read and change everything");
    assertThat(get("status").getString("tls_engine")).isNotEmpty();
  }
}
