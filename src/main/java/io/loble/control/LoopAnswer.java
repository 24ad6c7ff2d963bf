package io.loble.control;

import io.loble.proxy.ProxyLoop;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what an event loop answers, but not for ever: it may be what is wrong. */
final class LoopAnswer {

  private static final long SECONDS = 5;

  private LoopAnswer() {}

  static <T> Future<T> of(ProxyLoop loop, Future<T> answer) {
    return answer
        .timeout(SECONDS, TimeUnit.SECONDS)
        .recover(cause -> Future.failedFuture(said(loop, cause)));
  }

  private static Throwable said(ProxyLoop loop, Throwable cause) {
    return cause instanceof TimeoutException
        ? CommandException.unavailable(
            "event loop %s has not answered within %d s; GET /api/v1/threads shows what it does"
                .formatted(loop.name(), SECONDS))
        : cause;
  }
}
