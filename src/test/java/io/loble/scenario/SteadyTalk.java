package io.loble.scenario;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A connection that sends chunk after chunk of random bytes, and compares what comes back. Belongs
 * to its socket's context.
 */
final class SteadyTalk {

  private static final int SMALL = 4 * 1024;
  private static final int LARGE = 256 * 1024;
  private static final int PAUSE_MILLIS = 150;

  private final Vertx vertx;
  private final NetSocket socket;
  private final Random random;
  private final Consumer<String> trouble;
  private byte[] sent = new byte[0];
  private int received;
  private volatile boolean over;
  private final AtomicLong chunks = new AtomicLong();

  SteadyTalk(Vertx vertx, NetSocket socket, long seed, Consumer<String> trouble) {
    this.vertx = vertx;
    this.socket = socket;
    this.random = new Random(seed);
    this.trouble = trouble;
  }

  void start() {
    socket.handler(this::came);
    socket.exceptionHandler(cause -> disturbed("broken: " + cause));
    socket.endHandler(end -> disturbed("end"));
    socket.closeHandler(closed -> disturbed("closed"));
    send();
  }

  /** How many chunks have come back in full. */
  long chunks() {
    return chunks.get();
  }

  /** Ends it; what happens from then on disturbs nobody. */
  void end() {
    over = true;
    socket.close();
  }

  private void send() {
    if (over) {
      return;
    }
    // Now and then enough for the balancer to move it another way.
    sent = new byte[1 + random.nextInt(random.nextInt(100) == 0 ? LARGE : SMALL)];
    random.nextBytes(sent);
    received = 0;
    socket.write(Buffer.buffer(sent));
  }

  private void came(Buffer buffer) {
    byte[] bytes = buffer.getBytes();
    int end = received + bytes.length;
    if (end > sent.length || !Arrays.equals(bytes, 0, bytes.length, sent, received, end)) {
      disturbed("wrong bytes at " + received + " of " + sent.length);
      return;
    }
    received = end;
    if (received == sent.length) {
      chunks.incrementAndGet();
      vertx.setTimer(1 + random.nextInt(PAUSE_MILLIS), timer -> send());
    }
  }

  private void disturbed(String how) {
    if (!over) {
      over = true;
      trouble.accept(socket.localAddress() + ": " + how + " after " + chunks + " chunks");
    }
  }
}
