package io.loble.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that go, stop or flood, in each part of a request. */
class HttpClientFaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MANY = 64 * 1024 * 1024;

  /** Of this, the kernel's own buffers of two connections are some 20 MiB. */
  private static final long MOST = MANY / 2;

  /** How far a client comes. */
  private enum Phase {
    NOTHING(""),
    HALF_A_LINE("GET / HT"),
    HALF_A_HEAD("GET / HTTP/1.1\r\nHost: a\r\nX: "),
    A_HEAD("POST /mute HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"),
    HALF_A_BODY("POST /mute HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf"),
    HALF_A_CHUNK("POST /mute HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nhalf"),
    A_REQUEST("GET /mute HTTP/1.1\r\nHost: a\r\n\r\n"),
    TWO_REQUESTS("GET /mute HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    AN_ANSWER("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");

    private final String sent;

    Phase(String sent) {
      this.sent = sent;
    }

    boolean isAsked() {
      return compareTo(A_HEAD) >= 0;
    }
  }

  private final AtomicLong written = new AtomicLong();
  private final Origin origin = Origin.that(this::serve);

  HttpClientFaultsTest() throws IOException {}

  private void serve(Origin.Talk talk) throws IOException {
    for (Message head = talk.head(); head != null; head = talk.head()) {
      switch (head.target()) {
        case "/mute" -> {
          talk.untilEnd();
          return;
        }
        case "/endless" -> {
          talk.send("HTTP/1.1 200 OK\r\n\r\n");
          byte[] piece = new byte[64 * 1024];
          while (written.get() < MANY) {
            talk.send(piece);
            written.addAndGet(piece.length);
          }
          return;
        }
        default -> {
          talk.body(head);
          talk.send(Origin.ok("here"));
        }
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    origin.close();
  }

  private HttpBalancer balancer(String timeouts) throws IOException {
    return HttpBalancer.start(
        HttpConf.to(origin).listener("sniff_timeout = \"500ms\"").tables("[timeouts]\n" + timeouts),
        1);
  }

  private void nothingIsLeft(HttpBalancer balancer) throws IOException {
    balancer.awaitNothing();
    // One that was cut in a request is not kept; and nobody blames the backend.
    origin.awaitOpen(0);
    assertThat(balancer.backend("a").stats().counters().failures()).isZero();
    assertThat(balancer.get("/").body()).isEqualTo("here");
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aClientMayReset(Phase phase) throws IOException {
    try (HttpBalancer balancer = balancer("idle = \"1m\"")) {
      RawClient client = balancer.connect().send(phase.sent);
      if (phase.isAsked()) {
        await().atMost(PATIENCE).until(() -> !origin.heads().isEmpty());
      }
      if (phase == Phase.AN_ANSWER) {
        client.some(1_000_000);
      }
      client.reset();
      nothingIsLeft(balancer);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"HALF_A_LINE", "HALF_A_HEAD", "A_HEAD", "HALF_A_BODY", "HALF_A_CHUNK"})
  void aClientThatEndsWithinARequestIsClosed(Phase phase) throws IOException {
    try (HttpBalancer balancer = balancer("idle = \"1m\"")) {
      try (RawClient client = balancer.connect().send(phase.sent)) {
        if (phase.isAsked()) {
          await().atMost(PATIENCE).until(() -> !origin.heads().isEmpty());
        }
        assertThat(client.end().rest()).isEmpty();
      }
      nothingIsLeft(balancer);
    }
  }

  @ParameterizedTest
  @CsvSource({"NOTHING, ''", "HALF_A_LINE, 408", "HALF_A_HEAD, 408"})
  void aClientThatAsksSlowlyIsClosed(Phase phase, String status) throws IOException {
    try (HttpBalancer balancer = balancer("idle = \"1m\"")) {
      try (RawClient client = balancer.connect().send(phase.sent)) {
        if (!status.isEmpty()) {
          assertThat(client.answer().status()).isEqualTo(Integer.parseInt(status));
        }
        assertThat(client.rest()).isEmpty();
      }
      nothingIsLeft(balancer);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"A_HEAD", "HALF_A_BODY", "HALF_A_CHUNK"})
  void aClientThatStopsInItsBodyIsToldSo(Phase phase) throws IOException {
    try (HttpBalancer balancer = balancer("idle = \"500ms\"")) {
      try (RawClient client = balancer.connect().send(phase.sent)) {
        assertThat(client.answer().status()).isEqualTo(408);
        assertThat(client.rest()).isEmpty();
      }
      nothingIsLeft(balancer);
    }
  }

  @Test
  void aClientThatAsksNoMoreIsClosed() throws IOException {
    try (HttpBalancer balancer = balancer("idle = \"500ms\"")) {
      try (RawClient client = balancer.connect()) {
        client.send(RawClient.request("GET", "/", ""));
        assertThat(client.answer().body()).isEqualTo("here");
        assertThat(client.rest()).isEmpty();
      }
      balancer.awaitNothing();
    }
  }

  @Test
  void aClientThatDoesNotReadStopsItsBackend() throws IOException {
    try (HttpBalancer balancer = balancer("idle = \"1m\"")) {
      try (RawClient client = new RawClient(balancer.port(), 64 * 1024)) {
        client.send(RawClient.request("GET", "/endless", ""));
        awaitStandstill();
        assertThat(written.get()).isBetween(1L, MOST);
        assertThat(client.answer().body()).hasSize(MANY);
      }
      balancer.awaitNothing();
    }
  }

  @Test
  void aBackendThatDoesNotReadStopsItsClient() throws IOException {
    Gate gate = new Gate();
    try (Origin deaf =
            Origin.that(
                talk -> {
                  talk.head();
                  gate.pass();
                });
        HttpBalancer balancer = HttpBalancer.start(HttpConf.to(deaf), 1)) {
      try (RawClient client = balancer.connect()) {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + MANY + "\r\n\r\n");
        Thread sender = new Thread(() -> sendAll(client), "sender");
        sender.start();
        await().atMost(PATIENCE).until(() -> written.get() > 0);
        awaitStandstill();
        assertThat(written.get()).isLessThan(MOST);
      }
      // What the client does is seen when it is read again.
      gate.open();
      balancer.awaitNothing();
    }
  }

  private void sendAll(RawClient client) {
    byte[] piece = new byte[64 * 1024];
    try {
      while (written.get() < MANY) {
        client.send(piece);
        written.addAndGet(piece.length);
      }
    } catch (IOException e) {
      // The test has closed it.
    }
  }

  private void awaitStandstill() {
    AtomicLong last = new AtomicLong(-1);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> last.getAndSet(written.get()) == written.get());
  }

  @Test
  void aFloodOfRequestsIsAnsweredInOrder() throws Exception {
    try (HttpBalancer balancer = balancer("idle = \"1m\"")) {
      try (RawClient client = balancer.connect()) {
        int many = 5_000;
        Thread sender =
            new Thread(
                () -> {
                  try {
                    client.send(RawClient.request("GET", "/", "").repeat(many));
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                },
                "sender");
        sender.start();
        for (int i = 0; i < many; i++) {
          assertThat(client.answer().body()).isEqualTo("here");
        }
        sender.join();
      }
      assertThat(origin.connections()).isEqualTo(1);
      balancer.awaitNothing();
    }
  }

  @Test
  void aClientThatSendsWithoutEndIsClosed() throws IOException {
    try (HttpBalancer balancer = balancer("idle = \"1m\"")) {
      try (RawClient client = balancer.connect()) {
        assertThat(client.send("GET / HTTP/1.1\r\nX: " + "y".repeat(40_000)).answer().status())
            .isEqualTo(431);
        assertThat(client.rest()).isEmpty();
      } catch (SocketException e) {
        // What it still sends is not read.
        assertThat(e).hasMessageContaining("reset");
      }
      assertThat(origin.heads()).isEmpty();
      balancer.awaitNothing();
    }
  }
}
