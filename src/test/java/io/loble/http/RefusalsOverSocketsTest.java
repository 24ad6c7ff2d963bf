package io.loble.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same through a listener: what clients are told, and that no backend hears of it. */
class RefusalsOverSocketsTest {

  private static final byte[] BEHIND =
      "GET /behind HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1);

  private static final int PATIENCE_MS = 10_000;

  private static Origin origin;
  private static HttpBalancer balancer;

  @BeforeAll
  static void listen() throws IOException {
    origin = Origin.answering(request -> Origin.ok(request.body()));
    String keys = "http = { max_head = \"" + RefusedRequests.MAX_HEAD / 1024 + "KiB\" }";
    balancer = HttpBalancer.start(HttpConf.to(origin).listener(keys));
  }

  @AfterEach
  void nothingIsLeft() {
    balancer.awaitNothing();
    origin.requests().clear();
  }

  @AfterAll
  static void close() throws IOException {
    balancer.close();
    origin.close();
  }

  static Stream<RefusedRequests.Case> refused() {
    return RefusedRequests.all();
  }

  static Stream<AcceptedRequests.Case> accepted() {
    return AcceptedRequests.all();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void answersOnceAndCloses(RefusedRequests.Case wrong) throws IOException {
    String answer = ask(StrictRequestDecoderTest.concat(wrong.bytes(), BEHIND));
    assertThat(answer)
        .matches(Pattern.compile("HTTP/1\\.[01] " + wrong.status() + " .*", Pattern.DOTALL))
        .containsOnlyOnce("\r\n\r\n");
    assertThat(answer).containsIgnoringCase("\r\nconnection: close\r\n");
    JsonObject problem = new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    assertThat(problem.getInteger("status")).isEqualTo(wrong.status());
    assertThat(problem.getString("detail")).isNotEmpty();
    assertThat(origin.requests()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void servesWhatIsWellFormed(AcceptedRequests.Case right) throws IOException {
    byte[] last = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1);
    String answer = ask(StrictRequestDecoderTest.concat(right.bytes(), last));
    assertThat(answer).startsWith("HTTP/1.").contains(" 200 OK\r\n").contains(right.body());
    assertThat(origin.requests().get(0).target()).isEqualTo(right.target());
    assertThat(origin.requests().get(0).body()).isEqualTo(right.body());
    assertThat(origin.requests()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void problemsSayWhatWasWrong() throws IOException {
    String answer = ask("GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
    assertThat(answer)
        .contains("content-type: application/problem+json\r\n")
        .endsWith(
            """
            {"type":"about:blank","title":"Bad Request","status":400,"detail":"no Host"}""");
  }

  /** All that comes until the server closes. */
  private static String ask(byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), balancer.port())) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(bytes);
      return everything(socket.getInputStream());
    }
  }

  /** A server that closes with bytes unread resets the connection, behind what it wrote. */
  private static String everything(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketException e) {
      assertThat(all.size()).isPositive();
    }
    return all.toString(ISO_8859_1);
  }
}
