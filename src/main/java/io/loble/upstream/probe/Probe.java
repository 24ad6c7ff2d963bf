package io.loble.upstream.probe;

import io.loble.config.Durations;
import io.loble.model.Address;
import io.loble.net.ConnectError;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way to find out whether a backend works: connects to whichever of its addresses takes the
 * connection, and talks.
 *
 * @param timeout for both together
 */
public record Probe<C>(
    Address address, Duration timeout, ProbeConnector<C> connector, Conversation<C> conversation) {

  private static final Logger log = LoggerFactory.getLogger("loble.health");

  /** Probes once. By the time of the verdict the probe's connection is closed or closing. */
  Future<Verdict> run() {
    long endNanos = System.nanoTime() + timeout.toNanos();
    return connector
        .connect(address, timeout)
        .transform(
            connect ->
                connect.succeeded()
                    ? talk(connect.result(), endNanos)
                    : Future.succeededFuture(notConnected(connect.cause())));
  }

  private Verdict notConnected(Throwable cause) {
    log.debug("probe of {}: no connection", address, cause);
    return Verdict.of(ConnectError.of(cause));
  }

  private Future<Verdict> talk(C connection, long endNanos) {
    long millisLeft = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
    return conversation
        .hold(connection)
        .timeout(Math.max(1, millisLeft), TimeUnit.MILLISECONDS)
        .onComplete(held -> connector.dispose(connection))
        .map(Verdict.FINE)
        .otherwise(this::badAnswer);
  }

  private Verdict badAnswer(Throwable cause) {
    log.debug("probe of {}: no good answer", address, cause);
    return Verdict.bad(say(cause));
  }

  private String say(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return "no answer within " + Durations.format(timeout);
    }
    String message =
        cause instanceof IOException ? ConnectError.of(cause).text() : cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
