package io.loble.upstream.health;

import io.loble.model.AnswerTimes;

/**
 * How fast a backend has answered since it was asked last: its clients, or a probe where too few of
 * them have. Used on one context.
 */
final class AnswerPace {

  /** Of fewer connections a mean says little. */
  private static final int LEAST_ANSWERS = 5;

  private final AnswerTimes answers;
  private long countSeen;
  private long nanosSeen;
  private long probeNanos;

  AnswerPace(AnswerTimes answers) {
    this.answers = answers;
  }

  /** A probe has succeeded. */
  void probed(long nanos) {
    probeNanos = nanos;
  }

  /** The mean in nanoseconds; 0 when nothing is known. Begins anew. */
  double take() {
    long count = answers.count() - countSeen;
    long nanos = answers.nanos() - nanosSeen;
    long probe = probeNanos;
    if (count < LEAST_ANSWERS) {
      probeNanos = 0;
      return probe;
    }
    countSeen += count;
    nanosSeen += nanos;
    probeNanos = 0;
    return (double) nanos / count;
  }
}
