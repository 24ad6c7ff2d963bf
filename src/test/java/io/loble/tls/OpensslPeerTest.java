package io.loble.tls;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.STRANGER;
import static io.loble.tls.TestCertificates.credential;
import static io.loble.tls.TestCertificates.leaf;
import static io.loble.tls.TestCertificates.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenSSL's programs as peers of both engines. */
class OpensslPeerTest {

  private final Peers peers = new Peers();
  private final List<Process> processes = new ArrayList<>();

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    peers.close();
  }

  private Process openssl(String... arguments) {
    Process process = OpensslProgram.start(directory, arguments);
    processes.add(process);
    return process;
  }

  /** A client that ends when it is connected; what it says of it. */
  private String client(Peers.Server server, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("s_client", "-connect", address(server), "-CAfile", "ca.pem"));
    arguments.addAll(List.of(more));
    Files.writeString(directory.resolve("ca.pem"), AUTHORITY.getCertificatePEM());
    Process process = openssl(arguments.toArray(String[]::new));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static String address(Peers.Server server) {
    return "127.0.0.1:" + server.address().getPort();
  }

  private static ServerTls server(TlsEngine engine, ClientCertificates clients) throws Exception {
    return new ServerTls(
        engine,
        new ServerTlsSettings(
            List.of(
                credential(leaf(AUTHORITY, Algorithm.rsa2048, "a.example")),
                credential(leaf(AUTHORITY, "a.example"))),
            false,
            clients,
            new TlsTerms(TlsVersion.TLS_1_2, List.of(), List.of("h2"))));
  }

  @ParameterizedTest
  @EnumSource
  void aClient(TlsEngine engine) throws Exception {
    Peers.Server server = peers.serve(server(engine, new ClientCertificates.None()));
    assertThat(client(server, "-servername", "a.example", "-alpn", "h2", "-verify_return_error"))
        .contains("Verify return code: 0 (ok)", "ALPN protocol: h2", "TLSv1.3");
    HandshakeInfo info = server.next().agreed();
    assertThat(info.serverName()).contains("a.example");
    assertThat(info.alpn()).contains("h2");
  }

  /** It offers one kind of signatures only. */
  @ParameterizedTest
  @EnumSource
  void aClientGetsTheCertificateThatItCanCheck(TlsEngine engine) throws Exception {
    Peers.Server server = peers.serve(server(engine, new ClientCertificates.None()));
    for (String version : List.of("-tls1_2", "-tls1_3")) {
      assertThat(client(server, version, "-sigalgs", "RSA-PSS+SHA256:RSA+SHA256"))
          .contains("Peer signature type: RSA-PSS");
      assertThat(client(server, version, "-sigalgs", "ECDSA+SHA256:RSA-PSS+SHA256"))
          .contains("Peer signature type: ECDSA");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientWithAnUnknownCertificate(TlsEngine engine) throws Exception {
    ClientCertificates rules = new ClientCertificates.Requested(only(AUTHORITY));
    Peers.Server server = peers.serve(server(engine, rules));
    write("client.pem", TestCertificates.client(STRANGER, "CN=mallory"));
    assertThat(client(server, "-tls1_2", "-cert", "client.pem")).contains("alert");
    assertThat(server.next().failure().kind()).isEqualTo(FailureKind.UNKNOWN_AUTHORITY);
  }

  @ParameterizedTest
  @EnumSource
  void aClientOfAnOldVersion(TlsEngine engine) throws Exception {
    Peers.Server server = peers.serve(server(engine, new ClientCertificates.None()));
    client(server, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0");
    TlsFailure failure = server.next().failure();
    assertThat(failure.kind()).as(failure.text()).isEqualTo(FailureKind.NO_SHARED_VERSION);
  }

  private void write(String name, X509Bundle bundle) throws Exception {
    Files.writeString(
        directory.resolve(name), bundle.getCertificatePathPEM() + "\n" + bundle.getPrivateKeyPEM());
  }

  @ParameterizedTest
  @EnumSource
  void aServer(TlsEngine engine) throws Exception {
    write("server.pem", leaf(AUTHORITY, "b.example"));
    Process process =
        openssl("s_server", "-accept", "127.0.0.1:0", "-cert", "server.pem", "-naccept", "3");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null && !line.startsWith("ACCEPT")) {
      line = lines.readLine();
    }
    assertThat(line).startsWith("ACCEPT 127.0.0.1:");
    int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    ClientTls tls =
        new ClientTls(
            engine,
            new ClientTlsSettings(
                new BackendTrust.Full(only(AUTHORITY)), Optional.empty(), TlsTerms.DEFAULT));
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Peers.End client = peers.connect(address, tls, "b.example");
    HandshakeInfo info = client.agreed();
    assertThat(info.version()).isEqualTo("TLSv1.3");
    assertThat(info.peer().orElseThrow().dnsNames()).containsExactly("b.example");
    // It serves one client at a time.
    client.channel.get().close().sync();
    assertThat(peers.connect(address, tls, "c.example").failure().kind())
        .isEqualTo(FailureKind.NAME_MISMATCH);
  }
}
