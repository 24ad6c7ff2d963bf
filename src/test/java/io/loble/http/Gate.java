package io.loble.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/** What a test holds something back with. */
final class Gate {

  private final CountDownLatch closed = new CountDownLatch(1);

  /** Waits until it is open. */
  void pass() throws IOException {
    try {
      if (!closed.await(30, SECONDS)) {
        throw new IOException("nobody has opened the gate");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** The same where nothing may be thrown. */
  void passUnchecked() {
    try {
      pass();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void open() {
    closed.countDown();
  }
}
