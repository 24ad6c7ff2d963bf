package io.loble.cli;

import io.loble.control.ProcessStatus;
import io.vertx.core.Vertx;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/**
 * Ends the process with status 0 after a drain, where the JVM would say 143 after a SIGTERM.
 *
 * <p>Vert.x's launcher closes Vert.x when the JVM shuts down, which drains. It waits two minutes
 * for that at the most; this waits as long as it takes.
 */
final class Shutdown {

  private Shutdown() {}

  static void exitCleanly(Vertx vertx) {
    ProcessStatus status = ProcessStatus.of(vertx);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> await(status), "drain"));
  }

  private static void await(ProcessStatus status) {
    int code = ExitCodes.DONE;
    try {
      status.whenDrained().join();
    } catch (CompletionException | CancellationException e) {
      code = ExitCodes.FAILED;
    }
    Logging.flush();
    Runtime.getRuntime().halt(code);
  }
}
