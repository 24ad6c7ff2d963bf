package io.loble.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.loble.admin.Identities.Identity;
import io.loble.config.AdminConfig;
import io.loble.config.AdminTls;
import io.loble.config.MetricsConfig;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);
  private static final Identity SERVER = Identities.SERVER;
  private static final Identity RENEWED = Identities.RENEWED;
  private static final Identity CLIENT = Identities.CLIENT;

  @TempDir private Path directory = Path.of("");
  private final Vertx vertx = Vertx.vertx();
  private final LogLines log = new LogLines(FileWatch.class);

  @BeforeEach
  void files() throws GeneralSecurityException, IOException {
    file("cert", SERVER.certPem());
    file("key", SERVER.keyPem());
    file("ca", CLIENT.certPem());
  }

  @AfterEach
  void close() {
    log.close();
    vertx.close().await();
  }

  @Test
  void everythingIsServedOverHttps() throws Exception {
    HostPort server = started().address();

    assertThat(get(server, "/api/v1/status", Identities.client(SERVER)).statusCode())
        .isEqualTo(200);
    assertThat(get(server, "/livez", Identities.client(SERVER)).statusCode()).isEqualTo(200);
    assertThat(get(server, "/metrics", Identities.client(SERVER)).body()).contains("loble_build");
    assertThatThrownBy(() -> get(server, "/livez", Identities.client(RENEWED)))
        .isInstanceOf(IOException.class);
    assertThat(RawHttp.exchange(server, "GET /livez HTTP/1.1")).doesNotContain("HTTP/1.1");
  }

  @Test
  void headHasNoBodyThere() throws Exception {
    HostPort server = started().address();
    HttpRequest head = request(server, "/livez").method("HEAD", BodyPublishers.noBody()).build();

    HttpResponse<String> response = send(head, Identities.client(SERVER));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  @Test
  void aMetricsServerOfItsOwnStaysPlain() {
    MetricsConfig metrics = new MetricsConfig(true, new HostPort("localhost", 0));
    AdminServer server = Admins.server(vertx, "lb", admin(""), metrics);
    server.start().await();

    assertThat(Web.get(server.metricsAddress(), "/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void clientsNeedACertificateWhereAnAuthorityIsNamed() throws Exception {
    HostPort server = started(admin("ca")).address();

    assertThat(get(server, "/livez", Identities.client(SERVER, CLIENT)).statusCode())
        .isEqualTo(200);
    assertThatThrownBy(() -> get(server, "/livez", Identities.client(SERVER)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get(server, "/livez", Identities.client(SERVER, RENEWED)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aNewCertificateIsShownToNewConnectionsAndOldOnesStay() throws Exception {
    HostPort server = started().address();
    try (Socket open = connect(server, Identities.client(SERVER))) {
      assertAlive(open);

      file("key", RENEWED.keyPem());
      file("cert", RENEWED.certPem());

      awaitTrusted(server, Identities.client(RENEWED));
      assertThatThrownBy(() -> get(server, "/livez", Identities.client(SERVER)))
          .isInstanceOf(IOException.class);
      assertAlive(open);
    }
    assertThat(log.of(Level.INFO))
        .containsExactly("admin.tls has changed; the new contents are in use");
  }

  @Test
  void theOldCertificateStaysWhileTheFilesAreBroken() throws Exception {
    HostPort server = started().address();

    file("cert", "nonsense");
    awaitErrors(1);
    assertThat(get(server, "/livez", Identities.client(SERVER)).statusCode()).isEqualTo(200);
    file("cert", RENEWED.certPem());
    awaitErrors(2);
    assertThat(get(server, "/livez", Identities.client(SERVER)).statusCode()).isEqualTo(200);
    file("key", RENEWED.keyPem());
    awaitTrusted(server, Identities.client(RENEWED));

    assertThat(log.of(Level.ERROR))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "admin.tls.cert "
                            + path("cert")
                            + ": cannot be used: Missing -----BEGIN CERTIFICATE----- delimiter;"
                            + " the previous contents stay in use"),
            line -> assertThat(line).startsWith("admin.tls.key " + path("key") + ": "));
  }

  @Test
  void anotherAuthorityIsAskedForOnceItsFileChanges() throws Exception {
    HostPort server = started(admin("ca")).address();

    file("ca", RENEWED.certPem());

    awaitTrusted(server, Identities.client(SERVER, RENEWED));
    assertThatThrownBy(() -> get(server, "/livez", Identities.client(SERVER, CLIENT)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void filesThatCannotBeUsedFailTheStartByKeyAndFile() throws Exception {
    file("ca", "nonsense");
    assertThatThrownBy(() -> started(admin("ca")))
        .hasMessage(
            "admin.tls.client_ca "
                + path("ca")
                + ": cannot be used: Missing -----BEGIN CERTIFICATE----- delimiter");
    file("key", SERVER.certPem());
    assertThatThrownBy(this::started)
        .hasMessageStartingWith("admin.tls.key " + path("key") + ": cannot be used: Missing ");
    file("cert", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertThatThrownBy(this::started)
        .hasMessageStartingWith("admin.tls.cert " + path("cert") + ": cannot be used: ");
    Files.delete(directory.resolve("cert"));
    assertThatThrownBy(this::started)
        .hasMessage("admin.tls.cert " + path("cert") + ": no such file");
  }

  @Test
  void aKeyOfAnotherCertificateFailsTheStart() throws Exception {
    file("key", CLIENT.keyPem());
    file("cert", RENEWED.certPem());

    assertThatThrownBy(this::started)
        .hasMessage(
            "admin.tls.key "
                + path("key")
                + ": is not the key of the certificate in "
                + path("cert"));
  }

  private AdminServer started() {
    return started(admin(""));
  }

  private AdminServer started(AdminConfig admin) {
    AdminServer server = Admins.server(vertx, "lb", admin, new MetricsConfig(true, ANY));
    server.start().await();
    return server;
  }

  private AdminConfig admin(String ca) {
    AdminTls tls = new AdminTls(path("cert"), path("key"), ca.isEmpty() ? "" : path(ca));
    return new AdminConfig(ANY, "", "", tls);
  }

  private void file(String name, String content) throws IOException {
    // In one step, so that nobody reads the half of it.
    Path written = Files.writeString(directory.resolve(name + ".new"), content);
    Files.move(written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private void awaitErrors(int count) {
    await().atMost(10, SECONDS).until(() -> log.of(Level.ERROR).size() >= count);
  }

  private static void awaitTrusted(HostPort server, SSLContext client) {
    await()
        .atMost(10, SECONDS)
        .ignoreExceptions()
        .until(() -> get(server, "/livez", client).statusCode() == 200);
  }

  private static HttpResponse<String> get(HostPort server, String path, SSLContext client)
      throws IOException, InterruptedException {
    return send(request(server, path).build(), client);
  }

  private static HttpRequest.Builder request(HostPort server, String path) {
    return HttpRequest.newBuilder(URI.create("https://" + server + path));
  }

  /** On a connection of its own. */
  private static HttpResponse<String> send(HttpRequest request, SSLContext client)
      throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .sslContext(client)
        .build()
        .send(request, BodyHandlers.ofString());
  }

  private static Socket connect(HostPort server, SSLContext client) throws IOException {
    return client.getSocketFactory().createSocket(server.host(), server.port());
  }

  private static void assertAlive(Socket connection) throws IOException {
    connection
        .getOutputStream()
        .write("HEAD /livez HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
    assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(in.lines().takeWhile(line -> !line.isEmpty())).isNotEmpty();
  }
}
