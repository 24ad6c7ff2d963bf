package io.loble.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.CertificateFiles;
import io.loble.scenario.Peers;
import io.loble.tls.TestCertificates;
import io.loble.tls.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that others have written speak with an HTTP listener. */
class HttpPeersIT {

  private Path directory;
  private Origin origin;
  private HttpBalancer balancer;

  @BeforeEach
  void start(@TempDir Path given) throws IOException {
    directory = given;
    CertificateFiles files =
        TestFiles.write(
            directory, "leaf", TestCertificates.leaf(TestCertificates.AUTHORITY, "localhost"));
    TestFiles.authority(directory, "ca", TestCertificates.AUTHORITY);
    origin = Origin.answering(request -> Origin.ok(request.body() + request.target()));
    balancer =
        HttpBalancer.start(
            HttpConf.to(origin)
                .tables(
                    """
                    [[listeners]]
                    name = "secure"
                    address = "127.0.0.1:0"
                    mode = "http"
                    pool = "web"
                    tls = { certificates = [{ cert = "%s", key = "%s" }] }
                    """
                        .formatted(files.cert(), files.key())));
  }

  @AfterEach
  void close() throws IOException {
    balancer.awaitNothing();
    balancer.close();
    origin.close();
  }

  private String run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Peers.path(program)));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(30, SECONDS)).isTrue();
      String text = Files.readString(output, UTF_8);
      assertThat(process.exitValue()).as(text).isZero();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }

  private String plain(String target) {
    return "http://localhost:" + balancer.port() + target;
  }

  private String secure(String target) {
    return "https://localhost:" + balancer.port("secure") + target;
  }

  @Test
  void curlSpeaksHttp1() throws Exception {
    assertThat(run("curl", "-sSf4", "-w", " %{http_version} %{num_connects}", plain("/[1-3]")))
        .isEqualTo("/1 1.1 1/2 1.1 0/3 1.1 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2"})
  void curlSpeaksByTls(String version) throws Exception {
    String ca = directory.resolve("ca.pem").toString();
    String text =
        run("curl", "-sSf4", version, "--cacert", ca, "-w", " %{http_version}", secure("/x"));
    assertThat(text).isEqualTo(version.equals("--http2") ? "/x 2" : "/x 1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2"})
  void curlSendsAFile(String version) throws Exception {
    String body = "0123456789".repeat(300_000);
    Path file = Files.writeString(directory.resolve("body"), body);
    String ca = directory.resolve("ca.pem").toString();
    String text =
        run("curl", "-sSf4", version, "--cacert", ca, "--data-binary", "@" + file, secure("/end"));
    assertThat(text).isEqualTo(body + "/end");
  }

  @Test
  void wrkGetsAnAnswerToAllThatItAsks() throws Exception {
    String text = run("wrk", "-t1", "-c20", "-d2s", plain("/"));
    assertThat(text)
        .containsPattern("[1-9]\\d* requests in")
        .doesNotContain("Non-2xx")
        .doesNotContain("Socket errors");
  }
}
