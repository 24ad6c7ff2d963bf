package io.loble.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bodies of 2 GiB go through in memory that does not grow with them. */
class LargeBodiesIT {

  private static final long SIZE = 2L << 30;
  private static final int PIECE = 1 << 20;

  /** What the balancer's buffers take more while bodies pass. */
  private static final long MOST = 64L << 20;

  private final AtomicLong peak = new AtomicLong();

  private void look() {
    peak.accumulateAndGet(PlatformDependent.usedDirectMemory(), Math::max);
  }

  private void serve(Origin.Talk talk) throws IOException {
    for (Message head = talk.head(); head != null; head = talk.head()) {
      if (head.method().equals("POST")) {
        for (long left = SIZE; left > 0; left -= PIECE) {
          assertThat(talk.some(PIECE).length).isEqualTo(PIECE);
        }
        talk.send(Origin.ok("all"));
      } else {
        talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
        byte[] piece = new byte[PIECE];
        for (long left = SIZE; left > 0; left -= PIECE) {
          talk.send(piece);
        }
      }
    }
  }

  @Test
  void bothWays() throws Exception {
    try (Origin origin = Origin.that(this::serve);
        HttpBalancer balancer = HttpBalancer.start(HttpConf.to(origin))) {
      long before = PlatformDependent.usedDirectMemory();
      assertThat(before).as("Netty counts its memory").isPositive();
      CompletableFuture<Void> up = CompletableFuture.runAsync(() -> upload(balancer));
      download(balancer);
      up.get(120, SECONDS);
      assertThat(peak.get() - before).isLessThan(MOST);
      balancer.awaitNothing();
    }
  }

  private void download(HttpBalancer balancer) throws IOException {
    try (RawClient client = balancer.connect().send(RawClient.request("GET", "/", ""))) {
      assertThat(client.head().status()).isEqualTo(200);
      for (long left = SIZE; left > 0; left -= PIECE) {
        assertThat(client.some(PIECE).length).isEqualTo(PIECE);
        look();
      }
    }
  }

  private void upload(HttpBalancer balancer) {
    try (RawClient client = balancer.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + SIZE + "\r\n\r\n");
      byte[] piece = new byte[PIECE];
      for (long left = SIZE; left > 0; left -= PIECE) {
        client.send(piece);
        look();
      }
      assertThat(client.answer().body()).isEqualTo("all");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
