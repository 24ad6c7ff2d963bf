package io.loble.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backends that fail, in each part of a request. */
class HttpFaultsTest {

  private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Le";
  private static final String LONG = "HTTP/1.1 200 OK\r\nX: " + "y".repeat(100_000) + "\r\n\r\n";

  /** How a backend fails when a request was sent to it, and nothing was answered. */
  private enum Silent {
    FIN(""),
    RESET(""),
    GARBAGE("garbage\r\n\r\n"),
    OTHER_PROTOCOL("220 mail.example ESMTP\r\n"),
    HALF_A_HEAD(HALF),
    HALF_A_HEAD_AND_RESET(HALF),
    TOO_LONG_A_HEAD(LONG),
    SWITCH("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
    NO_STATUS("HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n");

    private final String sent;

    Silent(String sent) {
      this.sent = sent;
    }

    void fail(Origin.Talk talk) throws IOException {
      talk.send(sent);
      if (name().endsWith("RESET")) {
        talk.reset();
      }
    }
  }

  /** How a backend fails within the body of its answer. */
  private enum Cut {
    LENGTH("Content-Length: 100\r\n\r\nhalf"),
    LENGTH_AND_RESET("Content-Length: 100\r\n\r\nhalf"),
    CHUNKS("Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
    CHUNKS_AND_RESET("Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
    A_CHUNK("Transfer-Encoding: chunked\r\n\r\n8\r\nhalf"),
    THE_LAST_CHUNK("Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n"),
    NO_CHUNK("Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nxyz\r\n");

    private final String sent;

    Cut(String sent) {
      this.sent = sent;
    }

    void fail(Origin.Talk talk) throws IOException {
      talk.send("HTTP/1.1 200 OK\r\n" + sent);
      if (name().endsWith("RESET")) {
        talk.reset();
      }
    }
  }

  private static HttpBalancer balancer(Origin... origins) throws IOException {
    return HttpBalancer.start(HttpConf.to(origins), 1);
  }

  private static void isProblem(Message answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(status);
  }

  @Test
  void nobodyHasHeardOfARequestWhoseBackendRefusesConnections() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    try (Origin good = Origin.named("good");
        HttpBalancer balancer =
            HttpBalancer.start(HttpConf.to(good).backend("closed", closed), 1)) {
      for (int i = 0; i < 4; i++) {
        assertThat(balancer.get("/").body()).isEqualTo("good");
        assertThat(balancer.ask(RawClient.request("POST", "/", "body")).body()).isEqualTo("good");
      }
      assertThat(good.requests()).hasSize(8);
      balancer.awaitNothing();
    }
  }

  @Test
  void nobodyHasHeardOfARequestWhoseBackendFailsInTheHandshake() throws IOException {
    try (Origin one = Origin.that(talk -> talk.some(5));
        Origin other = Origin.that(talk -> talk.send("no TLS here"));
        HttpBalancer balancer =
            HttpBalancer.start(
                HttpConf.to(one, other).pool("tls = { enabled = true, verify = \"none\" }"), 1)) {
      isProblem(balancer.ask(RawClient.request("POST", "/", "body")), 502);
      assertThat(one.connections()).isEqualTo(1);
      assertThat(other.connections()).isEqualTo(1);
      balancer.awaitNothing();
    }
  }

  @ParameterizedTest
  @EnumSource(Silent.class)
  void aGetThatWasNotAnsweredGoesToAnother(Silent fault) throws IOException {
    try (Origin bad = Origin.that(talk -> failSilently(talk, fault));
        Origin good = Origin.named("good");
        HttpBalancer balancer = balancer(bad, good)) {
      for (int i = 0; i < 2; i++) {
        assertThat(balancer.get("/").body()).isEqualTo("good");
      }
      assertThat(bad.heads()).hasSize(1);
      balancer.awaitNothing();
      bad.awaitOpen(0);
    }
  }

  private static void failSilently(Origin.Talk talk, Silent fault) throws IOException {
    talk.request();
    fault.fail(talk);
  }

  @ParameterizedTest
  @EnumSource(Silent.class)
  void aPostIsNeverSentTwice(Silent fault) throws IOException {
    try (Origin bad = Origin.that(talk -> failSilently(talk, fault));
        Origin good = Origin.named("good");
        HttpBalancer balancer = balancer(bad, good)) {
      int failed = 0;
      for (int i = 0; i < 2; i++) {
        Message answer = balancer.ask(RawClient.request("POST", "/", "body"));
        if (answer.status() != 200) {
          isProblem(answer, 502);
          failed++;
        }
      }
      assertThat(failed).isEqualTo(1);
      assertThat(bad.heads()).hasSize(1);
      assertThat(good.heads()).hasSize(1);
      balancer.awaitNothing();
      bad.awaitOpen(0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPutWithABodyThatWasBegunIsNotSentAgain(boolean resets) throws IOException {
    try (Origin bad =
            Origin.that(
                talk -> {
                  talk.head();
                  talk.some(100_000);
                  if (resets) {
                    talk.reset();
                  }
                });
        HttpBalancer balancer = balancer(bad)) {
      try (RawClient client = balancer.connect()) {
        client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\n\r\n");
        client.send("x".repeat(200_000));
        isProblem(client.answer(), 502);
      }
      assertThat(bad.heads()).hasSize(1);
      balancer.awaitNothing();
    }
  }

  @Test
  void whereAllFailThatIsTheAnswer() throws IOException {
    try (Origin one = Origin.that(talk -> talk.request());
        Origin other = Origin.that(talk -> talk.request());
        HttpBalancer balancer = balancer(one, other);
        RawClient client = balancer.connect()) {
      isProblem(client.send(RawClient.request("GET", "/", "")).answer(), 502);
      assertThat(one.heads()).hasSize(1);
      assertThat(other.heads()).hasSize(1);
      isProblem(client.send(RawClient.request("GET", "/", "")).answer(), 502);
    }
  }

  @Test
  void aKeptConnectionThatEndsIsNotUsed() throws IOException {
    try (Origin origin =
            Origin.that(
                talk -> {
                  talk.request();
                  talk.send(Origin.ok("one"));
                });
        HttpBalancer balancer = balancer(origin)) {
      for (int i = 0; i < 10; i++) {
        assertThat(balancer.ask(RawClient.request("GET", "/", "")).body()).isEqualTo("one");
        int made = origin.connections();
        origin.awaitOpen(0);
        assertThat(made).isEqualTo(i + 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKeptConnectionMayEndAsARequestComes(boolean resets) throws IOException {
    try (Origin origin =
            Origin.that(
                talk -> {
                  talk.request();
                  talk.send(Origin.ok("one"));
                  talk.head();
                  if (resets) {
                    talk.reset();
                  }
                });
        HttpBalancer balancer = balancer(origin)) {
      assertThat(balancer.get("/").body()).isEqualTo("one");
      // The second is lost with the connection, and comes by a new one.
      assertThat(balancer.get("/").body()).isEqualTo("one");
      assertThat(origin.connections()).isEqualTo(2);
      int heads = origin.heads().size();
      isProblem(balancer.ask(RawClient.request("POST", "/", "body")), 502);
      assertThat(origin.heads()).hasSize(heads + 1);
      balancer.awaitNothing();
    }
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void anAnswerThatIsCutDoesNotLookWhole(Cut cut) throws IOException {
    try (Origin bad =
            Origin.that(
                talk -> {
                  talk.request();
                  cut.fail(talk);
                });
        HttpBalancer balancer = balancer(bad)) {
      assertThatThrownBy(() -> balancer.get("/")).isInstanceOf(IOException.class);
      try (RawClient client = balancer.connect()) {
        client.send("GET / HTTP/1.0\r\n\r\n");
        assertThat(client.untilEnd()).isEqualTo(RawClient.End.RESET);
      }
      assertThat(bad.heads()).hasSize(2);
      balancer.awaitNothing();
      bad.awaitOpen(0);
    }
  }

  @Test
  void whatComesBehindAnAnswerIsNotTheNext() throws IOException {
    try (Origin bad =
            Origin.that(
                talk -> {
                  for (Message next = talk.request(); next != null; next = talk.request()) {
                    talk.send(Origin.ok("one") + Origin.ok("two"));
                  }
                });
        HttpBalancer balancer = balancer(bad)) {
      for (int i = 0; i < 5; i++) {
        assertThat(balancer.get("/").body()).isEqualTo("one");
      }
      balancer.awaitNothing();
    }
  }

  @Test
  void aBackendThatDoesNotAnswerIsGivenUp() throws IOException {
    try (Origin mute = Origin.that(Origin.Talk::untilEnd);
        HttpBalancer balancer =
            HttpBalancer.start(HttpConf.to(mute).tables("[timeouts]\nidle = \"500ms\""), 1)) {
      isProblem(balancer.get("/"), 504);
      isProblem(balancer.ask(RawClient.request("POST", "/", "body")), 504);
      mute.awaitOpen(0);
      assertThat(mute.connections()).isEqualTo(2);
      balancer.awaitNothing();
    }
  }

  @Test
  void anAnswerThatStopsIsCut() throws IOException {
    try (Origin mute =
            Origin.that(
                talk -> {
                  talk.request();
                  talk.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                  talk.untilEnd();
                });
        HttpBalancer balancer =
            HttpBalancer.start(HttpConf.to(mute).tables("[timeouts]\nidle = \"500ms\""), 1);
        RawClient client = balancer.connect()) {
      client.send(RawClient.request("GET", "/", ""));
      assertThat(client.head().status()).isEqualTo(200);
      assertThat(client.untilEnd()).isEqualTo(RawClient.End.RESET);
      mute.awaitOpen(0);
    }
  }

  @Test
  void answersOfSomeStatusesCountAgainstTheBackend() throws IOException {
    try (Origin bad =
            Origin.answering(
                request -> "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy");
        Origin good = Origin.named("good");
        HttpBalancer balancer =
            HttpBalancer.start(
                HttpConf.to(bad, good)
                    .pool("http = { fail_on = [503] }\nhealth = { failure_threshold = 2 }"),
                1)) {
      await()
          .untilAsserted(
              () -> {
                for (String body : List.of("good", "good", "good")) {
                  assertThat(balancer.get("/").body()).isEqualTo(body);
                }
              });
      assertThat(bad.requests()).hasSizeBetween(2, 10);
    }
  }
}
