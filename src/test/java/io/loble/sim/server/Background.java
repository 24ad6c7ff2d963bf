package io.loble.sim.server;

import java.io.IOException;

/** Runs blocking I/O beside the test. */
final class Background {

  /** Something that reads or writes. */
  interface Io {
    Object run() throws IOException;
  }

  private Background() {}

  /** An I/O error ends the thread: the test sees it in what does not arrive. */
  static Thread run(Io io) {
    Thread thread =
        new Thread(
            () -> {
              try {
                io.run();
              } catch (IOException e) {
                System.getLogger("test").log(System.Logger.Level.DEBUG, "ended", e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
