package io.loble.cli;

import io.loble.sim.client.ClientProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Prints a line of progress every so often, on a thread of its own: a terminal that is held up must
 * not hold up an event loop.
 */
final class ProgressLines {

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "progress");
            daemon.setDaemon(true);
            return daemon;
          });

  private ProgressLines() {}

  /**
   * Begins.
   *
   * @param interval zero for no lines at all
   */
  static ProgressLines start(Duration interval, ClientProgress progress, PrintStream out) {
    ProgressLines lines = new ProgressLines();
    if (!interval.isZero()) {
      long millis = interval.toMillis();
      var unused =
          lines.thread.scheduleAtFixedRate(
              () -> out.println(progress.next()), millis, millis, TimeUnit.MILLISECONDS);
    }
    return lines;
  }

  /** Prints no more. */
  void stop() {
    thread.shutdownNow();
  }
}
