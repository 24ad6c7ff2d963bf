package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.CertificateFiles;
import io.loble.tls.TestCertificates;
import io.loble.tls.TestFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that everybody knows, over TLS. */
class TlsPeersTest {

  private static final String TLS = "[listeners.tls]\n";

  private final Path directory;
  private final int port = Peers.freePort();
  private @Nullable InProcess loble;
  private String certificates = "";

  TlsPeersTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void makeCertificates() {
    TestFiles.authority(directory, "ca", TestCertificates.AUTHORITY);
    CertificateFiles local = leaf("local", "localhost");
    CertificateFiles other = leaf("other", "other.example");
    certificates = "certificates = [%s, %s]\n".formatted(inline(local), inline(other));
  }

  private CertificateFiles leaf(String file, String name) {
    return TestFiles.write(
        directory, file, TestCertificates.leaf(TestCertificates.AUTHORITY, name));
  }

  private static String inline(CertificateFiles files) {
    return "{ cert = \"%s\", key = \"%s\" }".formatted(files.cert(), files.key());
  }

  @Test
  void curlTrustsItAndGetsAWholePage() throws Exception {
    byte[] page = new byte[5_000_000];
    new Random(1).nextBytes(page);
    try (Nginx nginx = Nginx.start(directory)) {
      Path served = Files.write(directory.resolve("page"), page);
      Path got = directory.resolve("got");
      start(listener("") + TLS + certificates, nginx.port());
      run(curl("-o", got.toString(), "https://localhost:" + port + "/page"));
      assertThat(Files.mismatch(served, got)).as("first byte that differs").isEqualTo(-1);
      String resolve = "other.example:" + port + ":127.0.0.1";
      String url = "https://other.example:" + port + "/page?[1-20]";
      String codes =
          run(curl("--resolve", resolve, "-o", "/dev/null", "-w", "%{http_code}\n", url));
      assertThat(codes.lines()).hasSize(20).containsOnly("200");
    }
  }

  private List<String> curl(String... options) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Peers.path("curl"), "-sSf", "--cacert", directory + "/ca.pem"));
    command.addAll(List.of(options));
    return command;
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void opensslAgreesOnBothVersionsAndResumes(String version) throws Exception {
    try (Server server = greeting()) {
      start(listener("") + TLS + certificates, server.port());
      String session = directory.resolve("session").toString();
      String fresh = sClient(version, "-CAfile", directory + "/ca.pem", "-sess_out", session);
      assertThat(fresh).contains("New, TLSv1", "Verify return code: 0 (ok)");
      assertThat(sClient(version, "-sess_in", session)).contains("Reused, TLSv1");
    }
  }

  /** What RFC 8996 and RFC 9325 have retired, the client allowing all it can. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-tls1 -cipher ALL:@SECLEVEL=0",
        "-tls1_1 -cipher ALL:@SECLEVEL=0",
        "-tls1_2 -cipher AES128-SHA:@SECLEVEL=0",
        "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0",
        "-tls1_2 -cipher NULL-SHA256:@SECLEVEL=0"
      })
  void nothingWeakIsAgreedOn(String options) throws Exception {
    try (Server server = greeting()) {
      start(listener("") + TLS + certificates, server.port());
      assertThat(sClient(options.split(" "))).doesNotContain("hello").contains("Cipher is (NONE)");
    }
  }

  @Test
  void opensslShowsItsCertificate() throws Exception {
    CertificateFiles alice =
        TestFiles.write(
            directory, "alice", TestCertificates.client(TestCertificates.AUTHORITY, "CN=alice"));
    String auth = "client_ca = \"%s/ca.pem\"\nclient_auth = \"require\"\n".formatted(directory);
    try (Server server = greeting()) {
      start(listener("") + TLS + certificates + auth, server.port());
      assertThat(sClient("-cert", alice.cert(), "-key", alice.key())).contains("hello");
      assertThat(sClient()).doesNotContain("hello").contains("certificate required");
    }
  }

  @Test
  void psqlChecksTheNameOfTheBalancer() throws Exception {
    Peers.path("psql");
    try (Postgres postgres = Postgres.start()) {
      start(listener("starttls = \"postgres\"") + TLS + certificates, postgres.port());
      assertThat(psql("localhost", "verify-full").output()).isEqualTo("7");
      assertThat(psql("wrong.example", "verify-full").output())
          .contains("does not match host name");
      assertThat(psql("localhost", "disable").output()).contains("server closed the connection");
    }
  }

  private record Answer(String output) {}

  private Answer psql(String host, String sslMode) {
    String database =
        "host=%s hostaddr=127.0.0.1 port=%d user=loble dbname=postgres sslmode=%s sslrootcert=%s"
            .formatted(host, port, sslMode, directory.resolve("ca.pem"));
    return new Answer(
        anyway(List.of(Peers.path("psql"), "-X", "-At", database, "-c", "select 7")).strip());
  }

  /** A server that says hello and closes. */
  private static Server greeting() throws IOException {
    return Server.start(
        socket -> socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII)));
  }

  private String sClient(String... options) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Peers.path("openssl"),
            "s_client",
            "-connect",
            "127.0.0.1:" + port,
            "-servername",
            "localhost",
            "-ign_eof"));
    command.addAll(List.of(options));
    return anyway(command);
  }

  /** What a program says, whether it succeeds or not. */
  private String anyway(List<String> command) {
    try (Program program = Program.start(directory, Map.of(), command)) {
      program.exitCode();
      return program.out() + program.err();
    }
  }

  private String run(List<String> command) {
    return Program.run(directory, command);
  }

  @AfterEach
  void stop() {
    if (loble != null) {
      loble.close();
    }
  }

  private void start(String toml, int backend) throws IOException {
    String admin = "[admin]\naddress = \"127.0.0.1:0\"\n";
    String pool = "[[pools.all.backends]]\naddress = \"127.0.0.1:%d\"\n".formatted(backend);
    Path file = Files.writeString(directory.resolve("tls.toml"), admin + toml + pool);
    loble = InProcess.start(file, "1h");
    await().atMost(30, SECONDS).ignoreExceptions().until(() -> accepts(port));
  }

  private static boolean accepts(int port) throws IOException {
    Ask.connect(port).close();
    return true;
  }

  private String listener(String keys) {
    return "[[listeners]]\nname = \"edge\"\naddress = \"127.0.0.1:%d\"\npool = \"all\"\n%s\n"
        .formatted(port, keys);
  }
}
