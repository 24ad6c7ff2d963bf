package io.loble.upstream.health;

import io.loble.model.AnswerTimes;

/**
 * How fast a backend has answered since it was asked last: its clients, of whom those that failed
 * count as a second, or a probe where there were too few of them. Used on one context.
 */
final class AnswerPace {

  /** Of fewer connections a mean says little. */
  private static final int LEAST_ANSWERS = 5;

  private final AnswerTimes answers;
  private long countSeen;
  private long nanosSeen;
  private long failuresSeen;
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
    long failures = answers.failures() - failuresSeen;
    long probe = probeNanos;
    probeNanos = 0;
    if (count + failures < LEAST_ANSWERS) {
      return probe;
    }
    countSeen += count;
    nanosSeen += nanos;
    failuresSeen += failures;
    return (double) (nanos + failures * AnswerTimes.FAILED_NANOS) / (count + failures);
  }
}
