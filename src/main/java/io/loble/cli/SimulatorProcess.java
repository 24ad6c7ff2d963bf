package io.loble.cli;

import io.loble.TransportChoice;
import io.loble.config.ConfigException;
import io.loble.config.LoggingConfig;
import io.loble.config.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionException;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process around a simulator: its Vert.x instance, its log, and how it stops. */
final class SimulatorProcess {

  private static final Logger log = LoggerFactory.getLogger("loble");

  private final Vertx vertx;

  private SimulatorProcess(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Starts Vert.x on the fastest transport there is, and logging with the default settings. */
  static SimulatorProcess start(LoggingConfig.Level level) {
    Logging.configure(logging(level));
    return start();
  }

  /** The same where standard output is for something else. */
  static SimulatorProcess startOnStandardError(LoggingConfig.Level level) {
    Logging.configureOnStandardError(logging(level));
    return start();
  }

  private static SimulatorProcess start() {
    try {
      return new SimulatorProcess(
          Vertx.builder().withTransport(TransportChoice.of(Transport.AUTO)).build());
    } catch (ConfigException e) {
      throw new IllegalStateException("there is always a transport for auto", e);
    }
  }

  /** Around what runs already. */
  static SimulatorProcess of(Vertx vertx) {
    return new SimulatorProcess(vertx);
  }

  /** The default settings, with that level. */
  static LoggingConfig logging(LoggingConfig.Level level) {
    return new LoggingConfig(level, LoggingConfig.Format.TEXT, false);
  }

  Vertx vertx() {
    return vertx;
  }

  /**
   * Waits for a future, and says what went wrong if it fails.
   *
   * @return whether it succeeded
   */
  boolean succeeds(Future<?> starting) {
    try {
      starting.toCompletionStage().toCompletableFuture().join();
      return true;
    } catch (CompletionException e) {
      log.error("{}", Failures.text(e));
      return false;
    }
  }

  /** Runs something when the process is told to stop, closes Vert.x and exits with its result. */
  void onStop(IntSupplier exitCode) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  int code = exitCode.getAsInt();
                  vertx.close().toCompletionStage().toCompletableFuture().join();
                  Logging.flush();
                  Runtime.getRuntime().halt(code);
                },
                "stop"));
  }

  /** Ends the process in the way that {@link #onStop} has set. May be called on an event loop. */
  void exitSoon() {
    new Thread(() -> System.exit(ExitCodes.DONE), "exit").start();
  }
}
