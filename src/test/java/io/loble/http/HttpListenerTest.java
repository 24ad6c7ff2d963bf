package io.loble.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers of HTTP/1 come through a listener as they were sent. */
class HttpListenerTest {

  private static final String LONG = "0123456789abcdef".repeat(20_000);

  private static Origin origin;
  private static HttpBalancer balancer;

  /** What the answer to the request of a test waits for. */
  private static volatile Gate gate = new Gate();

  @BeforeAll
  static void start() throws IOException {
    origin = Origin.that(HttpListenerTest::serve);
    balancer = HttpBalancer.start(HttpConf.to(origin));
  }

  @AfterAll
  static void close() throws IOException {
    balancer.close();
    origin.close();
  }

  @AfterEach
  void nothingIsLeft() {
    balancer.awaitNothing();
    origin.requests().clear();
    origin.heads().clear();
  }

  private static void serve(Origin.Talk talk) throws IOException {
    for (Message head = talk.head(); head != null; head = talk.head()) {
      if (head.target().equals("/early")) {
        talk.send("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig");
        talk.untilEnd();
        return;
      }
      if (head.has("expect")) {
        talk.send("HTTP/1.1 100 Continue\r\n\r\n");
      }
      Message request = talk.body(head);
      talk.send(answer(talk, request));
      if (request.target().equals("/endless")) {
        return;
      }
    }
  }

  private static String answer(Origin.Talk talk, Message request) throws IOException {
    boolean head = request.method().equals("HEAD");
    return switch (request.target()) {
      case "/echo" -> Origin.ok(request.body());
      case "/echo-chunked" ->
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
              + Integer.toHexString(request.body().length())
              + "\r\n"
              + request.body()
              + "\r\n0\r\n\r\n";
      case "/head" -> "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nX-Y: z\r\n\r\n";
      case "/head-chunked" -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
      case "/204" -> "HTTP/1.1 204 No Content\r\nX-Y: z\r\n\r\n";
      case "/304" -> "HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\nETag: \"x\"\r\n\r\n";
      case "/102" -> "HTTP/1.1 102 Processing\r\n\r\n" + Origin.ok("after all");
      case "/103" ->
          "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nConnection: x-y\r\nX-Y: z\r\n\r\n"
              + Origin.ok("with hints");
      case "/trailers" ->
          Message.lines(
              "HTTP/1.1 200 OK",
              "Transfer-Encoding: chunked",
              "Trailer: X-Sum",
              "",
              "3;x=y",
              "abc",
              "2",
              "de",
              "0",
              "X-Sum: 15",
              "X-More: b",
              "");
      case "/endless" -> "HTTP/1.1 200 OK\r\n\r\nuntil the end";
      case "/slow" -> {
        talk.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
        gate.pass();
        yield "3\r\ntwo\r\n0\r\n\r\n";
      }
      case "/reason" -> "HTTP/1.1 299 Quite Fine\r\nContent-Length: 0\r\n\r\n";
      default -> head ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" : Origin.ok("here");
    };
  }

  @Test
  void aGetIsAnswered() throws IOException {
    Message answer = balancer.get("/a?b=c%20d");
    assertThat(answer.line()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(answer.body()).isEqualTo("here");
    assertThat(origin.last().line()).isEqualTo("GET /a?b=c%20d HTTP/1.1");
    assertThat(origin.last().all("host")).containsExactly("a");
  }

  @Test
  void theReasonOfABackendIsPassedOn() throws IOException {
    assertThat(balancer.get("/reason").line()).isEqualTo("HTTP/1.1 299 Quite Fine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/echo-chunked"})
  void bodiesWithALengthComeBothWays(String target) throws IOException {
    assertThat(balancer.ask(RawClient.request("POST", target, LONG)).body()).isEqualTo(LONG);
    assertThat(origin.last().field("content-length")).isEqualTo("" + LONG.length());
    assertThat(origin.last().has("transfer-encoding")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/echo-chunked"})
  void chunkedBodiesComeBothWays(String target) throws IOException {
    String text =
        RawClient.request("POST", target, "", "Transfer-Encoding: chunked")
            + "5;a=b\r\nhello\r\n"
            + Integer.toHexString(LONG.length())
            + "\r\n"
            + LONG
            + "\r\n0\r\n\r\n";
    assertThat(balancer.ask(text).body()).isEqualTo("hello" + LONG);
    assertThat(origin.last().all("transfer-encoding")).containsExactly("chunked");
    assertThat(origin.last().has("content-length")).isFalse();
  }

  @Test
  void anyByteComesThrough() throws IOException {
    StringBuilder all = new StringBuilder();
    for (char each = 0; each < 256; each++) {
      all.append(each);
    }
    Message answer = balancer.ask(RawClient.request("POST", "/echo", all.toString()));
    assertThat(answer.body()).isEqualTo(all.toString());
  }

  @Test
  void aPostWithoutABodyIsAnswered() throws IOException {
    assertThat(balancer.ask(RawClient.request("POST", "/a", "", "Content-Length: 0")).body())
        .isEqualTo("here");
    assertThat(origin.last().all("content-length")).containsExactly("0");
    assertThat(balancer.ask(RawClient.request("POST", "/a", "")).body()).isEqualTo("here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/head", "/head-chunked", "/a"})
  void anAnswerToHeadHasNoBody(String target) throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send(RawClient.request("HEAD", target, ""));
      Message head = client.head();
      assertThat(head.status()).isEqualTo(200);
      if (target.equals("/head")) {
        assertThat(head.all("content-length")).containsExactly("1000");
      }
      assertThat(client.send(RawClient.request("GET", "/next", "")).answer().body())
          .isEqualTo("here");
    }
  }

  @Test
  void answersOf204And304HaveNoBody() throws IOException {
    try (RawClient client = balancer.connect()) {
      Message none = client.send(RawClient.request("GET", "/204", "")).head();
      assertThat(none.status()).isEqualTo(204);
      assertThat(none.has("content-length")).isFalse();
      assertThat(none.has("transfer-encoding")).isFalse();
      Message same = client.send(RawClient.request("GET", "/304", "")).head();
      assertThat(same.status()).isEqualTo(304);
      assertThat(same.all("content-length")).containsExactly("77");
      assertThat(same.all("etag")).containsExactly("\"x\"");
      assertThat(client.send(RawClient.request("GET", "/", "")).answer().body()).isEqualTo("here");
    }
  }

  @Test
  void aClientOfHttp10IsAnsweredAndClosed() throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send("GET /a HTTP/1.0\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("here");
      assertThat(client.rest()).isEmpty();
    }
    assertThat(origin.last().line()).isEqualTo("GET /a HTTP/1.1");
    assertThat(origin.last().all("host")).containsExactly("127.0.0.1:" + origin.port());
  }

  @Test
  void aClientOfHttp10MayKeepItsConnection() throws IOException {
    try (RawClient client = balancer.connect()) {
      for (int i = 0; i < 3; i++) {
        client.send("GET /a HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
        Message answer = client.answer();
        assertThat(answer.body()).isEqualTo("here");
        assertThat(answer.field("connection")).isEqualToIgnoringCase("keep-alive");
      }
    }
  }

  @Test
  void aClientOfHttp10GetsNoChunks() throws IOException {
    for (String target : List.of("/trailers", "/endless")) {
      try (RawClient client = balancer.connect()) {
        client.send("GET " + target + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        Message head = client.head();
        assertThat(head.has("transfer-encoding")).isFalse();
        assertThat(head.field("connection")).isEqualTo("close");
        assertThat(client.rest()).isIn("abcde", "until the end");
      }
    }
  }

  @Test
  void anAnswerWithoutALengthIsChunkedForAClientThatKnowsChunks() throws IOException {
    try (RawClient client = balancer.connect()) {
      Message answer = client.send(RawClient.request("GET", "/endless", "")).answer();
      assertThat(answer.all("transfer-encoding")).containsExactly("chunked");
      assertThat(answer.body()).isEqualTo("until the end");
      assertThat(client.send(RawClient.request("GET", "/", "")).answer().body()).isEqualTo("here");
    }
  }

  @Test
  void whatHasComeOfAnAnswerIsNotHeldBack() throws Exception {
    gate = new Gate();
    try (RawClient client = balancer.connect()) {
      client.send(RawClient.request("GET", "/slow", ""));
      assertThat(client.head().status()).isEqualTo(200);
      assertThat(new String(client.some(8), StandardCharsets.US_ASCII)).isEqualTo("3\r\none\r\n");
      gate.open();
      assertThat(new String(client.some(13), StandardCharsets.US_ASCII))
          .isEqualTo("3\r\ntwo\r\n0\r\n\r\n");
    }
  }

  @Test
  void aClientIsToldToContinueByTheBackend() throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send(
          "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(client.head().status()).isEqualTo(100);
      assertThat(client.send("hello").answer().body()).isEqualTo("hello");
    }
  }

  @Test
  void aClientNeedNotWaitUntilItIsToldToContinue() throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send(RawClient.request("POST", "/echo", "hello", "Expect: 100-continue"));
      Message first = client.head();
      Message answer = first.status() == 100 ? client.answer() : first;
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  void aClientIsToldAtOnceThatItsBodyIsNotWanted() throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send(
          Message.lines(
              "POST /early HTTP/1.1",
              "Host: a",
              "Expect: 100-continue",
              "Content-Length: 1000000",
              ""));
      Message answer = client.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).isEqualTo("big");
    }
  }

  @Test
  void anAnswerMayComeBeforeTheRequestIsComplete() throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send("POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
      Message answer = client.answer();
      assertThat(answer.status()).isEqualTo(413);
      // The rest is taken, so that no reset runs over the answer; then the connection goes on.
      client.send("x".repeat(3_000_000));
      assertThat(client.send(RawClient.request("GET", "/", "")).answer().body()).isEqualTo("here");
    }
  }

  @Test
  void earlyHintsArePassedOn() throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send(RawClient.request("GET", "/103", ""));
      Message hints = client.head();
      assertThat(hints.status()).isEqualTo(103);
      assertThat(hints.all("link")).containsExactly("</a>");
      assertThat(hints.has("x-y")).isFalse();
      assertThat(client.answer().body()).isEqualTo("with hints");
    }
  }

  @Test
  void interimAnswersAreNotForClientsOfHttp10() throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send("GET /103 HTTP/1.0\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("with hints");
    }
  }

  @Test
  void otherInterimAnswersAreLeftOut() throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send(RawClient.request("GET", "/102", ""));
      assertThat(client.answer().body()).isEqualTo("after all");
      assertThat(client.send(RawClient.request("GET", "/", "")).answer().body()).isEqualTo("here");
    }
  }

  @Test
  void trailersOfAnAnswerArePassedOn() throws IOException {
    Message answer = balancer.get("/trailers");
    assertThat(answer.body()).isEqualTo("abcde");
    assertThat(answer.trailers()).containsExactlyInAnyOrder("X-Sum: 15", "X-More: b");
  }

  @Test
  void trailersOfARequestMayBeLeftOutButNothingElse() throws IOException {
    String text =
        RawClient.request("POST", "/echo", "", "Transfer-Encoding: chunked")
            + "3\r\nabc\r\n0\r\nX-Sum: 6\r\nContent-Length: 7\r\n\r\n";
    Message answer = balancer.ask(text);
    assertThat(answer.status()).isIn(200, 400);
    assertThat(origin.requests())
        .allSatisfy(seen -> assertThat(seen.trailers()).isSubsetOf("X-Sum: 6"));
  }

  @Test
  void requestsMayBeSentBeforeTheLastIsAnswered() throws IOException {
    try (RawClient client = balancer.connect()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        all.append(RawClient.request("POST", "/echo", "body " + i));
      }
      client.send(all.toString());
      for (int i = 0; i < 50; i++) {
        assertThat(client.answer().body()).isEqualTo("body " + i);
      }
    }
    assertThat(origin.requests()).hasSize(50);
  }

  @Test
  void aClientThatHasEndedIsAnsweredAllTheSame() throws IOException {
    for (String request :
        List.of(
            RawClient.request("GET", "/echo", ""),
            RawClient.request("POST", "/echo", LONG),
            RawClient.request("GET", "/a", "") + RawClient.request("GET", "/echo", ""))) {
      try (RawClient client = balancer.connect()) {
        String answers = client.send(request).end().rest();
        assertThat(answers.split("HTTP/1.1 200 OK", -1))
            .hasSize(request.split("HTTP/1.1\r\n", -1).length);
      }
    }
  }

  @Test
  void aClientThatEndsWithinItsRequestIsClosed() throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhello").end();
      assertThat(client.rest()).doesNotContain("200 OK");
    }
  }

  @Test
  void aClientThatAsksForTheEndIsClosedBehindItsAnswer() throws IOException {
    try (RawClient client = balancer.connect()) {
      client.send(RawClient.request("GET", "/", "", "Connection: close"));
      Message answer = client.answer();
      assertThat(answer.body()).isEqualTo("here");
      assertThat(answer.field("connection")).isEqualTo("close");
      assertThat(client.rest()).isEmpty();
    }
    assertThat(origin.last().has("connection")).isFalse();
  }

  @Test
  void requestsAreCountedByTheClassOfTheirStatus() throws IOException {
    long before = balancer.listener().requests().total(2);
    long others = balancer.listener().requests().total(3);
    balancer.get("/");
    balancer.get("/204");
    try (RawClient client = balancer.connect()) {
      client.send(RawClient.request("GET", "/304", "")).head();
    }
    await().untilAsserted(() -> assertThat(count(2)).isEqualTo(before + 2));
    await().untilAsserted(() -> assertThat(count(3)).isEqualTo(others + 1));
  }

  private static long count(int statusClass) {
    return balancer.listener().requests().total(statusClass);
  }
}
