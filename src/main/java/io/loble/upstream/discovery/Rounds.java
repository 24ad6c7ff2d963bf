package io.loble.upstream.discovery;

import io.loble.upstream.discovery.EndpointSource.Listener;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/** Asks again and again, and tells what the answer is, until it is stopped. Used on one context. */
final class Rounds {

  /**
   * How one round ended.
   *
   * @param next how long to wait for the next one
   */
  record Round(Answer answer, Duration next) {}

  private static final long NO_TIMER = -1;
  private static final Duration AFTER_FAULT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Supplier<Future<Round>> ask;
  private final Listener listener;
  private long timer = NO_TIMER;
  private boolean stopped;

  /**
   * @param ask what a round is
   */
  Rounds(Vertx vertx, Supplier<Future<Round>> ask, Listener listener) {
    this.vertx = vertx;
    this.ask = ask;
    this.listener = listener;
  }

  void next() {
    ask.get().onComplete(this::ended, this::broken);
  }

  private void ended(Round round) {
    if (!stopped) {
      // Rounded up: a timer counts milliseconds, and nothing may be asked before its time.
      timer = vertx.setTimer(round.next().toMillis() + 1, fired -> next());
      listener.answered(round.answer());
    }
  }

  /** What nobody has thought of must not end it for good. */
  private void broken(Throwable cause) {
    ended(new Round(new Answer.Failed(String.valueOf(cause)), AFTER_FAULT));
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }
}
