package io.loble.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.model.Rejection;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests wait for room, and outlive what happens to backends and to the balancer. */
class HttpDrainTest {

  private static final int CLIENTS = 200;

  private static Origin gated(Gate gate, String name) throws IOException {
    return Origin.that(
        talk -> {
          for (Message next = talk.request(); next != null; next = talk.request()) {
            gate.pass();
            talk.send(Origin.ok(name));
          }
        });
  }

  private static void awaitHeads(Origin origin, int count) {
    await().atMost(20, SECONDS).until(() -> origin.heads().size() == count);
  }

  private static String get(String target) {
    return RawClient.request("GET", target, "");
  }

  private static HttpConf full(Origin origin, String queue) {
    return HttpConf.to(origin).backend("a", "max_connections = 1").pool("queue = " + queue);
  }

  @Test
  void requestsWaitForRoomInOrder() throws IOException {
    Gate gate = new Gate();
    try (Origin origin = gated(gate, "a");
        HttpBalancer balancer =
            HttpBalancer.start(full(origin, "{ max = 10, timeout = \"20s\" }"), 1)) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        clients.add(balancer.connect().send(get("/" + i)));
        int waiting = i;
        await()
            .atMost(20, SECONDS)
            .until(
                () ->
                    balancer.pool().stats().room().waiting() == waiting
                        && !origin.heads().isEmpty());
      }
      // One leaves the queue, and costs nothing.
      clients.remove(2).reset();
      await().atMost(20, SECONDS).until(() -> balancer.pool().stats().room().waiting() == 3);
      gate.open();
      for (RawClient client : clients) {
        assertThat(client.answer().body()).isEqualTo("a");
        client.close();
      }
      assertThat(origin.requests())
          .extracting(Message::target)
          .containsExactly("/0", "/1", "/3", "/4");
      assertThat(origin.connections()).isEqualTo(1);
      balancer.awaitNothing();
    }
  }

  @Test
  void whoFindsNoRoomIsToldSo() throws IOException {
    Gate gate = new Gate();
    try (Origin origin = gated(gate, "a");
        HttpBalancer balancer =
            HttpBalancer.start(full(origin, "{ max = 1, timeout = \"200ms\" }"), 1);
        RawClient first = balancer.connect().send(get("/"))) {
      awaitHeads(origin, 1);
      assertThat(balancer.get("/").status()).isEqualTo(503);
      gate.open();
      assertThat(first.answer().body()).isEqualTo("a");
      // Its place is free for the next of the same client, sent at once or not.
      first.send(get("/") + get("/"));
      assertThat(first.answer().body()).isEqualTo("a");
      assertThat(first.answer().body()).isEqualTo("a");
      assertThat(balancer.listener().rejectedTotal(Rejection.QUEUE_TIMEOUT)).isZero();
    }
  }

  @Test
  void aBackendThatIsDrainedKeepsTheRequestsThatItHas() throws IOException {
    Gate gate = new Gate();
    try (Origin old = gated(gate, "old");
        Origin other = Origin.named("other");
        HttpBalancer balancer = HttpBalancer.start(HttpConf.to(old, other), 1);
        RawClient client = balancer.connect()) {
      client.send(get("/"));
      await()
          .atMost(20, SECONDS)
          .until(
              () -> {
                if (old.heads().isEmpty()) {
                  client.answer();
                  client.send(get("/"));
                }
                return !old.heads().isEmpty();
              });
      drain(balancer, "20s");
      for (int i = 0; i < 4; i++) {
        assertThat(balancer.get("/").body()).isEqualTo("other");
      }
      gate.open();
      assertThat(client.answer().body()).isEqualTo("old");
      old.awaitOpen(0);
      client.leave();
      balancer.awaitNothing();
    }
  }

  private static void drain(HttpBalancer balancer, String timeout) {
    balancer.command(
        new JsonObject()
            .put("command", "backend.update")
            .put("pool", "web")
            .put("name", "a")
            .put("state", "drain")
            .put("timeout", timeout));
  }

  @Test
  void aBackendThatIsDrainedLosesItsRequestsWhenItsTimeIsOver() throws IOException {
    try (Origin origin = Origin.that(Origin.Talk::untilEnd);
        HttpBalancer balancer = HttpBalancer.start(HttpConf.to(origin), 1);
        RawClient client = balancer.connect()) {
      client.send(get("/"));
      await().atMost(20, SECONDS).until(() -> origin.open() == 1);
      drain(balancer, "200ms");
      assertThat(client.answer().status()).isEqualTo(504);
      origin.awaitOpen(0);
      assertThat(balancer.backend("a").stats().counters().failures()).isZero();
    }
  }

  @Test
  void aProcessThatStopsAnswersWhatItWasAsked() throws Exception {
    Gate gate = new Gate();
    try (Origin origin = gated(gate, "a")) {
      HttpBalancer balancer = HttpBalancer.start(HttpConf.to(origin));
      try (RawClient busy = balancer.connect().send(get("/") + get("/behind"));
          RawClient idle = balancer.connect()) {
        awaitHeads(origin, 1);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(balancer::closeUnchecked);
        assertThat(idle.rest()).isEmpty();
        gate.open();
        Message last = busy.answer();
        assertThat(last.body()).isEqualTo("a");
        assertThat(last.field("connection")).isEqualTo("close");
        busy.untilEnd();
        closed.get(20, SECONDS);
      }
    }
  }

  @Test
  void noGetFailsWhileBackendsAreRestartedOneByOne() throws Exception {
    List<Origin> origins = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      origins.add(Origin.named("x"));
    }
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    try (HttpBalancer balancer =
        HttpBalancer.start(HttpConf.to(origins.toArray(Origin[]::new)).pool("retries = 3"))) {
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        CompletableFuture<Void> client = new CompletableFuture<>();
        clients.add(client);
        Thread thread = new Thread(() -> ask(balancer, over, answered, client), "client");
        thread.setDaemon(true);
        thread.start();
      }
      for (int i = 0; i < origins.size(); i++) {
        awaitMore(answered);
        int port = origins.get(i).port();
        origins.get(i).close();
        awaitMore(answered);
        origins.set(i, Origin.restarted(port, "x"));
        Origin again = origins.get(i);
        await().atMost(20, SECONDS).until(() -> !again.requests().isEmpty());
      }
      over.set(true);
      for (CompletableFuture<Void> client : clients) {
        client.get(20, SECONDS);
      }
      balancer.awaitNothing();
    } finally {
      for (Origin origin : origins) {
        origin.close();
      }
    }
  }

  private static void awaitMore(AtomicInteger answered) {
    int before = answered.get();
    await().atMost(20, SECONDS).until(() -> answered.get() > before + 2 * CLIENTS);
  }

  private static void ask(
      HttpBalancer balancer,
      AtomicBoolean over,
      AtomicInteger answered,
      CompletableFuture<Void> end) {
    try (RawClient client = balancer.connect()) {
      while (!over.get()) {
        Message answer = client.send(get("/")).answer();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        answered.incrementAndGet();
      }
      end.complete(null);
    } catch (IOException | AssertionError e) {
      end.completeExceptionally(e);
    }
  }
}
