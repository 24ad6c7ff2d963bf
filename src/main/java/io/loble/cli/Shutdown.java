package io.loble.cli;

import io.loble.MainVerticle;
import io.loble.control.ProcessStatus;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the process on SIGTERM and SIGINT: drains, then exits with 0. A second signal exits at
 * once, with 1.
 */
@SuppressWarnings("sunapi") // the only way to exit with 0 on SIGTERM
final class Shutdown {

  private static final Logger log = LoggerFactory.getLogger("loble");

  /** Longer than any drain: the proxies themselves end in time. */
  private static final long NO_TIMEOUT_MILLIS = Integer.MAX_VALUE;

  private final Vertx vertx;
  private final AtomicBoolean stopping = new AtomicBoolean();

  private Shutdown(Vertx vertx) {
    this.vertx = vertx;
  }

  static void onSignals(Vertx vertx) {
    Shutdown shutdown = new Shutdown(vertx);
    Stream.of("TERM", "INT")
        .forEach(name -> sun.misc.Signal.handle(new sun.misc.Signal(name), shutdown::signalled));
  }

  private void signalled(sun.misc.Signal signal) {
    if (stopping.getAndSet(true)) {
      log.warn("[drain] SIG{} again: exiting at once", signal.getName());
      Logging.flush();
      Runtime.getRuntime().halt(ExitCodes.FAILED);
    }
    log.info("[drain] SIG{}: no new connections, waiting for open ones", signal.getName());
    vertx
        .eventBus()
        .request(
            MainVerticle.DRAIN,
            new JsonObject(),
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(NO_TIMEOUT_MILLIS))
        .onComplete(drained -> exit(drained.failed()));
  }

  /** Off the event loop, which exiting waits for. */
  private void exit(boolean failed) {
    ProcessStatus status = ProcessStatus.of(vertx);
    log.info("[drain] {} connections drained, {} cut", status.drained(), status.cut());
    int code = failed ? ExitCodes.FAILED : ExitCodes.DONE;
    Thread exit = new Thread(() -> System.exit(code), "exit");
    exit.start();
  }
}
