package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A client that holds a connection to an echo server open, and knows when that has ended. */
final class Held implements AutoCloseable {

  private final Socket socket;
  private final CompletableFuture<Long> end = new CompletableFuture<>();

  private Held(Socket socket) {
    this.socket = socket;
  }

  /** Connects, and waits for the first byte to come back. */
  static Held open(int port) {
    try {
      Held held = new Held(Ask.connect(port));
      held.echo();
      held.socket.setSoTimeout(0);
      return held;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Held> open(int port, int count) {
    List<Held> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(open(port));
    }
    return all;
  }

  /** Sends a byte and waits for it; not to be used any more once the end is watched. */
  void echo() throws IOException {
    socket.getOutputStream().write('x');
    assertThat(socket.getInputStream().read()).isEqualTo('x');
  }

  /** Sends a byte that the server is not to answer. */
  void say(int character) throws IOException {
    socket.getOutputStream().write(character);
  }

  /** Reads on in the background until the connection ends, however it does. */
  Held watched() {
    Thread thread = new Thread(this::awaitEnd, "held");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  private void awaitEnd() {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A reset.
    }
    end.complete(System.nanoTime());
  }

  boolean hasEnded() {
    return end.isDone();
  }

  /** When it ended, in nanoseconds of the clock of this JVM. */
  long endNanos() throws Exception {
    return end.get(30, SECONDS);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
