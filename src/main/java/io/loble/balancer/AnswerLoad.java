package io.loble.balancer;

import io.loble.model.AnswerTimes;
import io.loble.model.Backend;

/**
 * How long a backend takes to answer, times the connections that it would have, for its weight:
 * that of Finagle's {@code PeakEwma} balancer (Twitter, 2015).
 *
 * <p>What was long ago counts less, so that a slow one is tried again; but only until it is: as
 * long as it has not answered, it counts as slow as it was, and is not sent a burst.
 *
 * <p>One of which nothing is known, or nothing any more, is free to get a connection; while that is
 * not answered it counts as one that takes a second.
 */
final class AnswerLoad implements LoadSignal {

  private static final double UNKNOWN_BELOW_NANOS = 1_000;
  private static final double UNKNOWN_NANOS = 1e9;

  @Override
  public double of(Backend backend, long nowNanos) {
    AnswerTimes answers = backend.stats().answers();
    double nanos = answers.isAwaited() ? answers.recent().last() : answers.recent().at(nowNanos);
    int active = backend.stats().admission().active();
    return nanos < UNKNOWN_BELOW_NANOS
        ? UNKNOWN_NANOS * active / backend.effectiveWeight()
        : nanos * (active + 1) / backend.effectiveWeight();
  }
}
