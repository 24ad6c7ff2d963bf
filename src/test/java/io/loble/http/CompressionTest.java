package io.loble.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.CertificateFiles;
import io.loble.tls.TestCertificates;
import io.loble.tls.TestFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of a listener that compresses, as clients get them. */
class CompressionTest {

  private static final String TEXT =
      "some text that is repeated, and so becomes short. ".repeat(5_000);
  private static final String RANDOM = random(8_000_000);
  private static final String GZIP = "Accept-Encoding: gzip";

  /** The header of gzip that {@link Inflater} does not read. */
  private static final int GZIP_HEADER = 10;

  private static Origin origin;
  private static HttpBalancer balancer;

  /** What the second half of an answer waits for. */
  private static volatile Gate gate = new Gate();

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    origin = Origin.that(CompressionTest::serve);
    CertificateFiles files =
        TestFiles.write(
            directory,
            "leaf",
            TestCertificates.leaf(TestCertificates.AUTHORITY, "localhost", "127.0.0.1"));
    HttpConf conf =
        HttpConf.to(origin)
            .listener("http = { compression = true }")
            .tables(
                """
                [[listeners]]
                name = "tls"
                address = "127.0.0.1:0"
                mode = "http"
                pool = "web"
                http = { compression = true }
                tls = { certificates = [{ cert = "%s", key = "%s" }] }
                """
                    .formatted(files.cert(), files.key()));
    balancer = HttpBalancer.start(conf, 1);
  }

  @AfterAll
  static void close() throws IOException {
    balancer.close();
    origin.close();
  }

  private static void serve(Origin.Talk talk) throws IOException {
    for (Message request = talk.request(); request != null; request = talk.request()) {
      if (request.target().equals("/cut")) {
        talk.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + TEXT.substring(0, 5_000));
        return;
      }
      talk.send(answer(talk, request));
    }
  }

  private static String answer(Origin.Talk talk, Message request) throws IOException {
    return switch (request.target()) {
      case "/text" ->
          request.method().equals("HEAD")
              ? "HTTP/1.1 200 OK\r\nContent-Length: " + TEXT.length() + "\r\n\r\n"
              : Origin.ok(TEXT, "ETag: \"x\"", "Accept-Ranges: bytes");
      case "/chunked" -> chunked(TEXT.substring(0, 100)) + chunk(TEXT.substring(100)) + chunk("");
      case "/slow" -> {
        talk.send(chunked("one"));
        gate.pass();
        yield chunk("two") + chunk("");
      }
      case "/error" -> Origin.ok(TEXT).replaceFirst("200 OK", "500 Internal Server Error");
      case "/encoded" -> Origin.ok(TEXT, "Content-Encoding: br");
      case "/identity" -> Origin.ok(TEXT, "Content-Encoding: identity");
      case "/kept" -> Origin.ok(TEXT, "Cache-Control: public, no-transform");
      case "/range" ->
          Origin.ok(TEXT, "Content-Range: bytes 0-249999/500000")
              .replaceFirst("200 OK", "206 Partial Content");
      case "/random" -> Origin.ok(RANDOM);
      case "/small" -> Origin.ok("small");
      case "/empty" -> Origin.ok("");
      case "/picture" -> Origin.ok(TEXT, "Content-Type: image/png");
      case "/digest" -> Origin.ok(TEXT, "Content-Digest: sha-256=:YQ==:");
      case "/204" -> "HTTP/1.1 204 No Content\r\n\r\n";
      case "/304" -> "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n";
      default -> Origin.ok(TEXT + request.target());
    };
  }

  private static String random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return new String(bytes, ISO_8859_1);
  }

  private static String chunked(String first) {
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(first);
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static String unzipped(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }

  private static String unzipped(Message answer) throws IOException {
    assertThat(answer.all("content-encoding")).containsExactly("gzip");
    return unzipped(answer.body().getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gzip", "GZIP", "br, gzip;q=0.5", "deflate,x-gzip", "*", "br;q=0, *;q=0.1"})
  void aClientThatTakesGzipGetsIt(String accepted) throws IOException {
    for (String target : List.of("/text", "/chunked", "/error")) {
      Message answer = balancer.get(target, "Accept-Encoding: " + accepted);
      assertThat(unzipped(answer)).isEqualTo(TEXT);
      assertThat(answer.body()).hasSizeLessThan(TEXT.length() / 10);
      assertThat(answer.has("content-length")).isFalse();
      assertThat(answer.all("vary")).containsExactly("accept-encoding");
    }
  }

  /** What was sent is another representation, of which no bytes can be asked for. */
  @Test
  void theTagOfACompressedAnswerIsWeak() throws IOException {
    Message answer = balancer.get("/text", GZIP);
    assertThat(answer.all("etag")).containsExactly("W/\"x\"");
    assertThat(answer.has("accept-ranges")).isFalse();
    Message plain = balancer.get("/text");
    assertThat(plain.all("etag")).containsExactly("\"x\"");
    assertThat(plain.all("accept-ranges")).containsExactly("bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "br, deflate", "gzip;q=0", "gzip;q=0.0, *", "*;q=0"})
  void aClientThatDoesNotTakeItGetsWhatTheBackendSent(String accepted) throws IOException {
    Message answer =
        accepted.isEmpty()
            ? balancer.get("/text")
            : balancer.get("/text", "Accept-Encoding: " + accepted);
    assertThat(answer.has("content-encoding")).isFalse();
    assertThat(answer.all("content-length")).containsExactly("" + TEXT.length());
    assertThat(answer.body()).isEqualTo(TEXT);
    // Who keeps it must not give it to others unasked.
    assertThat(answer.all("vary")).containsExactly("accept-encoding");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/encoded",
        "/identity",
        "/kept",
        "/range",
        "/small",
        "/empty",
        "/picture",
        "/digest"
      })
  void whatIsNotToBeCompressedIsNot(String target) throws IOException {
    Message plain = balancer.get(target);
    Message answer = balancer.get(target, GZIP);
    assertThat(answer.body()).isEqualTo(plain.body()).isIn(TEXT, "small", "");
    assertThat(answer.fields()).containsExactlyInAnyOrderElementsOf(plain.fields());
    assertThat(answer.all("content-length")).containsExactly("" + plain.body().length());
    assertThat(answer.has("vary")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"HEAD, /text", "HEAD, /chunked", "GET, /204", "GET, /304"})
  void anAnswerWithoutABodyStaysOne(String method, String target) throws IOException {
    try (RawClient client = balancer.connect()) {
      Message head = client.send(RawClient.request(method, target, "", GZIP)).head();
      assertThat(head.has("content-encoding")).isFalse();
      assertThat(head.has("vary")).isEqualTo(!target.equals("/204"));
      assertThat(unzipped(client.send(RawClient.request("GET", "/text", "", GZIP)).answer()))
          .isEqualTo(TEXT);
    }
  }

  @Test
  void aClientOfHttp10GetsNone() throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send("GET /text HTTP/1.0\r\n" + GZIP + "\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo(TEXT);
    }
  }

  @Test
  void whatHasComeOfAnAnswerIsNotHeldBack() throws IOException, DataFormatException {
    gate = new Gate();
    Inflater inflater = new Inflater(true);
    try (RawClient client = balancer.connect()) {
      client.send(RawClient.request("GET", "/slow", "", GZIP));
      assertThat(client.head().all("content-encoding")).containsExactly("gzip");
      StringBuilder got = new StringBuilder();
      int toSkip = GZIP_HEADER;
      while (got.length() < 3) {
        byte[] chunk = client.chunk();
        int skipped = Math.min(toSkip, chunk.length);
        toSkip -= skipped;
        inflater.setInput(chunk, skipped, chunk.length - skipped);
        byte[] plain = new byte[100];
        got.append(new String(plain, 0, inflater.inflate(plain), ISO_8859_1));
      }
      assertThat(got).hasToString("one");
      gate.open();
      while (client.chunk().length > 0) {
        // The rest of it.
      }
    } finally {
      inflater.end();
    }
  }

  @Test
  void whatCannotBeCompressedComesWhole() throws IOException {
    assertThat(unzipped(balancer.get("/random", GZIP)).equals(RANDOM)).isTrue();
  }

  @Test
  void anAnswerThatIsCutDoesNotLookWhole() throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send(RawClient.request("GET", "/cut", "", GZIP));
      assertThat(client.head().all("content-encoding")).containsExactly("gzip");
      assertThat(client.untilEnd()).isEqualTo(RawClient.End.RESET);
    }
  }

  @Test
  void manyRequestsMayBeSentBeforeTheFirstIsAnswered() throws IOException {
    int many = 300;
    try (RawClient client = balancer.connect()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < many; i++) {
        all.append(RawClient.request("GET", "/of/" + i, "", GZIP));
      }
      client.send(all.toString());
      for (int i = 0; i < many; i++) {
        assertThat(unzipped(client.answer())).isEqualTo(TEXT + "/of/" + i);
      }
    }
  }

  @Test
  void withoutTheKeyNothingIsCompressed() throws IOException {
    try (HttpBalancer plain = HttpBalancer.start(HttpConf.to(origin), 1)) {
      Message answer = plain.get("/text", GZIP);
      assertThat(answer.body()).isEqualTo(TEXT);
      assertThat(answer.has("vary")).isFalse();
    }
  }

  /** Some are compressed and others are not, on one connection. */
  @Test
  void streamsOfOneConnectionAreCompressedEachForItself() throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(TestFiles.context())
            .build();
    List<String> targets = List.of("/text", "/encoded", "/chunked", "/small", "/kept");
    for (int round = 0; round < 5; round++) {
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (String target : targets) {
        for (String accepted : List.of("gzip", "identity")) {
          HttpRequest request = http2(target).header("Accept-Encoding", accepted).build();
          answers.add(client.sendAsync(request, BodyHandlers.ofByteArray()));
        }
      }
      for (int i = 0; i < answers.size(); i++) {
        String target = targets.get(i / 2);
        HttpResponse<byte[]> answer = answers.get(i).get(20, SECONDS);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        Optional<String> encoding = answer.headers().firstValue("content-encoding");
        boolean compressed = i % 2 == 0 && List.of("/text", "/chunked").contains(target);
        if (compressed) {
          assertThat(encoding).as(target).contains("gzip");
          assertThat(answer.headers().firstValue("content-length")).isEmpty();
        } else {
          assertThat(encoding).as(target).isNotEqualTo(Optional.of("gzip"));
        }
        String body = compressed ? unzipped(answer.body()) : new String(answer.body(), ISO_8859_1);
        assertThat(body).as(target).isEqualTo(target.equals("/small") ? "small" : TEXT);
      }
    }
  }

  private static HttpRequest.Builder http2(String target) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + balancer.port("tls") + target));
  }
}
