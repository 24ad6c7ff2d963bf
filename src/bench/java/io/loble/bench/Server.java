package io.loble.bench;

import java.io.IOException;
import java.util.List;

/** A program that listens on a port of the loopback interface. */
record Server(int port, Child child) implements Backend {

  private static final int PATIENCE_MILLIS = 30_000;

  /** Waits until the program takes connections, looking every millisecond. */
  static Server of(int port, Child child) throws IOException, InterruptedException {
    for (int i = 0; i < PATIENCE_MILLIS && child.isAlive(); i++) {
      if (Ports.accepts(port)) {
        return new Server(port, child);
      }
      Thread.sleep(1);
    }
    String output = child.output();
    child.close();
    throw new IOException("it does not listen:\n" + output);
  }

  /** What it has printed so far. */
  String output() throws IOException {
    return child.output();
  }

  List<Long> pids() {
    return child.pids();
  }

  @Override
  public void close() {
    child.close();
  }
}
