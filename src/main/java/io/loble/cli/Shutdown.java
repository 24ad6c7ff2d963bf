package io.loble.cli;

import io.loble.control.ProcessStatus;
import io.vertx.core.Vertx;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process with status 0 after a drain, where the JVM would say 143 after a SIGTERM; while
 * it is still starting, at once.
 *
 * <p>Vert.x's launcher closes Vert.x when the JVM shuts down, which drains. It waits two minutes
 * for that at the most; this waits as long as it takes.
 */
final class Shutdown {

  private volatile @Nullable ProcessStatus running;
  private volatile boolean failed;

  private Shutdown() {}

  /** To be called before anything is started. */
  static Shutdown install() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::exit, "exit"));
    return shutdown;
  }

  /** The load balancer runs: from now on there is something to drain. */
  void running(Vertx vertx) {
    running = ProcessStatus.of(vertx);
  }

  /** It could not be started: the process ends with the status that it is ended with. */
  void failed() {
    failed = true;
  }

  private void exit() {
    if (!failed) {
      int code = drained();
      Logging.flush();
      Runtime.getRuntime().halt(code);
    }
  }

  private int drained() {
    ProcessStatus status = running;
    try {
      if (status != null) {
        ServiceManager.stopping();
        status.whenDrained().join();
      }
      return ExitCodes.DONE;
    } catch (CompletionException | CancellationException e) {
      return ExitCodes.FAILED;
    }
  }
}
