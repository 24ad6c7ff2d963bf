package io.loble.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections to backends serve one request after another. One event loop has all clients. */
class KeptConnectionsTest {

  private static HttpBalancer balancer(Origin origin, String keys) throws IOException {
    return HttpBalancer.start(HttpConf.to(origin).pool(keys), 1);
  }

  @Test
  void oneConnectionServesTheRequestsOfManyClients() throws IOException {
    try (Origin origin = Origin.named("a");
        HttpBalancer balancer = balancer(origin, "")) {
      for (int i = 0; i < 20; i++) {
        assertThat(balancer.get("/" + i).body()).isEqualTo("a");
      }
      balancer.ask(RawClient.request("POST", "/", "x".repeat(100_000)));
      balancer.get("/");
      assertThat(origin.connections()).isEqualTo(1);
      balancer.awaitNothing();
    }
  }

  @Test
  void requestsAtTheSameTimeHaveConnectionsOfTheirOwnAndNoMoreThanAllowedAreKept()
      throws IOException {
    CountDownLatch all = new CountDownLatch(5);
    try (Origin origin =
            Origin.answering(
                request -> {
                  all.countDown();
                  try {
                    assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  return Origin.ok("a");
                });
        HttpBalancer balancer = balancer(origin, "http = { max_idle = 2 }")) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        clients.add(balancer.connect().send(RawClient.request("GET", "/", "")));
      }
      for (RawClient client : clients) {
        assertThat(client.answer().body()).isEqualTo("a");
        client.close();
      }
      assertThat(origin.connections()).isEqualTo(5);
      origin.awaitOpen(2);
      balancer.awaitNothing();
    }
  }

  @Test
  void withoutAnyToBeKeptEachRequestHasItsOwn() throws IOException {
    try (Origin origin = Origin.named("a");
        HttpBalancer balancer = balancer(origin, "http = { max_idle = 0 }")) {
      for (int i = 0; i < 3; i++) {
        assertThat(balancer.get("/").body()).isEqualTo("a");
      }
      assertThat(origin.connections()).isEqualTo(3);
      origin.awaitOpen(0);
    }
  }

  @Test
  void oneThatIsNotUsedIsClosed() throws IOException {
    try (Origin origin = Origin.named("a");
        HttpBalancer balancer = balancer(origin, "http = { idle_timeout = \"1s\" }")) {
      balancer.get("/");
      assertThat(origin.open()).isEqualTo(1);
      origin.awaitOpen(0);
      assertThat(balancer.get("/").body()).isEqualTo("a");
      assertThat(origin.connections()).isEqualTo(2);
    }
  }

  @Test
  void oneThatTheBackendEndsIsNotUsedAgain() throws IOException {
    try (Origin origin =
            Origin.that(
                talk -> {
                  talk.request();
                  talk.send(Origin.ok("a", "Connection: close"));
                  talk.untilEnd();
                });
        HttpBalancer balancer = balancer(origin, "")) {
      for (int i = 0; i < 3; i++) {
        assertThat(balancer.get("/").body()).isEqualTo("a");
      }
      assertThat(origin.connections()).isEqualTo(3);
      origin.awaitOpen(0);
    }
  }

  @Test
  void thoseOfABackendThatIsDrainedAreClosed() throws IOException {
    try (Origin origin = Origin.named("a");
        HttpBalancer balancer = balancer(origin, "")) {
      balancer.get("/");
      balancer.command(
          new JsonObject()
              .put("command", "backend.update")
              .put("pool", "web")
              .put("name", "a")
              .put("state", "drain")
              .put("timeout", "10s"));
      origin.awaitOpen(0);
    }
  }

  @Test
  void oneThatNamesItsClientServesNoOther() throws IOException {
    try (Origin origin =
            Origin.that(
                talk -> {
                  talk.announced();
                  talk.request();
                  talk.send(Origin.ok("a"));
                  talk.untilEnd();
                });
        HttpBalancer balancer = balancer(origin, "send_proxy = \"v1\"")) {
      for (int i = 0; i < 3; i++) {
        assertThat(balancer.get("/").body()).isEqualTo("a");
      }
      assertThat(origin.connections()).isEqualTo(3);
      assertThat(origin.announcements())
          .hasSize(3)
          .allSatisfy(line -> assertThat(line).startsWith("PROXY TCP4 127.0.0.1 127.0.0.1 "));
      origin.awaitOpen(0);
    }
  }
}
