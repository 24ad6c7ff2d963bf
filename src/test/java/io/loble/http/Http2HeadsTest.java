package io.loble.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.CertificateFiles;
import io.loble.tls.TestCertificates;
import io.loble.tls.TestFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Heads of HTTP/2 that Vert.x's server refuses, and those that {@link Http2Heads} refuses, through
 * a listener: no backend hears of them.
 */
class Http2HeadsTest {

  private static Origin origin;
  private static HttpBalancer balancer;
  private static RawHttp2 client;

  @BeforeAll
  static void listen(@TempDir Path directory) throws IOException {
    origin = Origin.answering(request -> Origin.ok(""));
    CertificateFiles files =
        TestFiles.write(
            directory, "leaf", TestCertificates.leaf(TestCertificates.AUTHORITY, "localhost"));
    String keys =
        "tls = { certificates = [{ cert = \"%s\", key = \"%s\" }] }"
            .formatted(files.cert(), files.key());
    balancer = HttpBalancer.start(HttpConf.to(origin).listener(keys));
    client = new RawHttp2(balancer.port());
  }

  @AfterEach
  void nothingIsLeft() {
    balancer.awaitNothing();
    origin.requests().clear();
  }

  @AfterAll
  static void close() throws Exception {
    client.close();
    balancer.close();
    origin.close();
  }

  static Stream<RefusedHttp2Requests.Case> refused() {
    return RefusedHttp2Requests.all();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(RefusedHttp2Requests.Case wrong) throws Exception {
    String expected =
        switch (wrong.refusal()) {
          case STREAM -> RawHttp2.RESET;
          case CONNECTION -> RawHttp2.GONE;
          case BAD_REQUEST -> "400";
          case NOT_IMPLEMENTED -> "501";
        };
    assertThat(client.ask(wrong.fields(), wrong.data())).isEqualTo(expected);
    assertThat(origin.requests()).isEmpty();
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        accepted("GET", "http", "a", "/"),
        accepted("GET", "https", "A.example:443", "//x/../%2e?a=\\%"),
        accepted("GET", "http", "[::1]:80", "/"),
        accepted("GET", "http", null, "/", "host", "a"),
        accepted("GET", "http", "a", "/", "host", "a"),
        accepted("OPTIONS", "http", "a", "*"),
        accepted("M-SEARCH", "http", "a", "/"),
        accepted("GET", "http", "a", "/", "te", "trailers"),
        accepted("GET", "http", "a", "/", "cookie", "a=b", "cookie", "c=d"),
        accepted("GET", "http", "a", "/", "x", "", "~", "\u00e4"),
        accepted("GET", "http", "a", "/", "content-length", "0"));
  }

  private static Arguments accepted(
      String method, String scheme, @Nullable String authority, String path, String... others) {
    return Arguments.of(RefusedHttp2Requests.head(method, scheme, authority, path, others), path);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void letsThrough(List<Map.Entry<String, String>> fields, String path) throws Exception {
    assertThat(client.ask(fields, null)).isEqualTo("200");
    assertThat(origin.last().target()).isEqualTo(path);
  }
}
