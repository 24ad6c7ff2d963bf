package io.loble.scenario;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.net.ExtendedSocketOptions;

/**
 * Clients from far away: between their first packet and the end of their handshake passes a tenth
 * of a second, in which the balancer's kernel has begun to accept them and its process cannot know.
 * Each asks one question. They come until this is closed.
 */
final class SlowHandshakes implements AutoCloseable {

  private static final int THREADS = 4;
  private static final int MILLIS_BETWEEN = 20;

  /** Less than the 200 ms for which Linux puts an acknowledgement off. */
  private static final int HANDSHAKE_MILLIS = 100;

  private final int port;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2 * THREADS);
  private final AtomicInteger answered = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  SlowHandshakes(int port) {
    this.port = port;
    for (int i = 0; i < THREADS; i++) {
      threads.scheduleAtFixedRate(this::begin, 0, MILLIS_BETWEEN, MILLISECONDS);
    }
  }

  private void begin() {
    try {
      Socket socket = new Socket();
      // Before a connect, this puts the handshake's last acknowledgement off until data is sent.
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, false);
      socket.setSoTimeout(10_000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      threads.schedule(() -> finish(socket), HANDSHAKE_MILLIS, MILLISECONDS);
    } catch (IOException e) {
      failures.add("connecting: " + e);
    }
  }

  private void finish(Socket socket) {
    try (socket) {
      Ask.forAck(socket);
      answered.incrementAndGet();
    } catch (IOException e) {
      failures.add("asking: " + e);
    }
  }

  int answered() {
    return answered.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** No more of them begin; those that have are waited for. */
  void end() throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(20, SECONDS)) {
      throw new AssertionError("clients hang");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
