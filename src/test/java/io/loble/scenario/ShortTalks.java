package io.loble.scenario;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections that come and go, a few at a time. Some end early, as backends go: but what they get
 * is what they sent.
 */
final class ShortTalks {

  private static final int PERIOD_MILLIS = 10;
  private static final int SIZE = 20_000;

  private final Vertx vertx;
  private final NetClient client;
  private final Random random;
  private final AtomicInteger answered = new AtomicInteger();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final long timer;

  ShortTalks(Vertx vertx, int port, long seed) {
    this.vertx = vertx;
    this.client = vertx.createNetClient();
    this.random = new Random(seed);
    this.timer =
        vertx.setPeriodic(
            PERIOD_MILLIS, tick -> client.connect(port, "127.0.0.1").onSuccess(this::talk));
  }

  private void talk(NetSocket socket) {
    byte[] bytes = new byte[1 + random.nextInt(SIZE)];
    random.nextBytes(bytes);
    Buffer received = Buffer.buffer();
    socket.exceptionHandler(broken -> {});
    socket.handler(
        buffer -> {
          received.appendBuffer(buffer);
          compare(bytes, received, socket);
        });
    socket.write(Buffer.buffer(bytes));
  }

  private void compare(byte[] sent, Buffer received, NetSocket socket) {
    byte[] came = received.getBytes();
    if (came.length > sent.length || !Arrays.equals(came, 0, came.length, sent, 0, came.length)) {
      wrong.add(came.length + " bytes came of " + sent.length);
      socket.close();
    } else if (came.length == sent.length) {
      answered.incrementAndGet();
      // Some stay for a while, so that backends which leave have connections.
      vertx.setTimer(1 + random.nextInt(1_000), later -> socket.close());
    }
  }

  int answered() {
    return answered.get();
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  void end() {
    vertx.cancelTimer(timer);
    client.close().await();
  }
}
