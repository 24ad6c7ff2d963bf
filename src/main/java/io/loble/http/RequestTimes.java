package io.loble.http;

import io.loble.net.DeadlineWheel;
import io.loble.proxy.LoopEnvironment;
import java.time.Duration;

/** By when something has to happen to one request, in ticks of its event loop. */
final class RequestTimes {

  /** For how long the rest of a request is taken that was answered before all of it had come. */
  private static final long LINGER_MILLIS = 5_000;

  private final LoopEnvironment loop;
  private long answerBy = DeadlineWheel.NEVER;
  private long cutAt = DeadlineWheel.NEVER;
  private long lastMoved;

  /** Begins now. */
  RequestTimes(LoopEnvironment loop) {
    this.loop = loop;
    this.lastMoved = loop.now();
  }

  /** Something has moved. */
  void moved() {
    lastMoved = loop.now();
  }

  /**
   * From now on the answer has so much time until it begins.
   *
   * @param limit zero for as much as it wants
   */
  void answerWithin(Duration limit) {
    answerBy = limit.isZero() ? DeadlineWheel.NEVER : loop.after(limit.toMillis());
  }

  /** The answer has begun. */
  void answered() {
    answerBy = DeadlineWheel.NEVER;
  }

  /** It ends within that time, whatever it does. */
  void cutWithin(long millis) {
    cutAt = loop.after(millis);
  }

  /** It may go on after all. */
  void keep() {
    cutAt = DeadlineWheel.NEVER;
  }

  /** Whether it has to end now, whatever it does. */
  boolean isCut() {
    return loop.now() >= cutAt;
  }

  /** Whether there is no more time for its answer to begin. */
  boolean isAnswerLate() {
    return loop.now() >= answerBy;
  }

  /** That tick, or the one at which it has to be answered or to end, if that comes before. */
  long atMost(long tick) {
    return Math.min(tick, Math.min(answerBy, cutAt));
  }

  /**
   * The tick at which its time is up, if nothing moves until then.
   *
   * @param lingering whether only the rest of the request is waited for
   */
  long due(boolean lingering) {
    long idle = loop.timeouts().idle().toMillis();
    if (lingering) {
      return atMost(afterMove(LINGER_MILLIS));
    }
    return atMost(idle == 0 ? DeadlineWheel.NEVER : afterMove(idle));
  }

  private long afterMove(long millis) {
    return lastMoved + 1 + (millis + DeadlineWheel.TICK_MILLIS - 1) / DeadlineWheel.TICK_MILLIS;
  }
}
