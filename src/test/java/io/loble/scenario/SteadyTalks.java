package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Connections that are to live through everything. */
final class SteadyTalks {

  private final Vertx vertx;

  /** Kept, because Vert.x closes a client that nobody holds any more, and all its connections. */
  private final NetClient client;

  private final List<SteadyTalk> talks = new CopyOnWriteArrayList<>();
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();

  private SteadyTalks(Vertx vertx) {
    this.vertx = vertx;
    this.client = vertx.createNetClient();
  }

  /** Opens that many, and waits until each has had a first answer. */
  static SteadyTalks open(Vertx vertx, int port, int count, long seed) {
    SteadyTalks all = new SteadyTalks(vertx);
    for (int i = 0; i < count; i++) {
      long own = seed + i;
      all.client.connect(port, "127.0.0.1").onSuccess(socket -> all.add(socket, own)).await();
    }
    all.awaitMore();
    return all;
  }

  /** Called on the socket's context. */
  private void add(NetSocket socket, long seed) {
    SteadyTalk talk = new SteadyTalk(vertx, socket, seed, troubles::add);
    talks.add(talk);
    talk.start();
  }

  /** What has disturbed any of them. */
  List<String> troubles() {
    return List.copyOf(troubles);
  }

  /** How many chunks have come back in full, on all of them. */
  long chunks() {
    return talks.stream().mapToLong(SteadyTalk::chunks).sum();
  }

  /** Waits until each that works has sent and got back a chunk from its first byte to its last. */
  void awaitMore() {
    List<Long> before = talks.stream().map(SteadyTalk::chunks).toList();
    await().atMost(30, SECONDS).until(() -> !troubles.isEmpty() || allAbove(before));
  }

  private boolean allAbove(List<Long> before) {
    for (int i = 0; i < before.size(); i++) {
      // The one that was under way counts once, the next was sent in between.
      if (talks.get(i).chunks() < before.get(i) + 2) {
        return false;
      }
    }
    return true;
  }

  /** Ends them; what happens from then on disturbs nobody. */
  void end() {
    talks.forEach(SteadyTalk::end);
    client.close().await();
  }
}
