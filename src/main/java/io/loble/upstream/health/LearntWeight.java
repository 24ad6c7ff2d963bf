package io.loble.upstream.health;

import io.loble.model.AnswerTimes;

/**
 * What is learnt of one backend's weight, and from what: how fast it has answered its clients, of
 * whom those that failed count as a second, and its probes. Used on one context.
 */
public final class LearntWeight {

  /** Of fewer connections a mean says little: they count when there are more. */
  private static final int LEAST_ANSWERS = 5;

  /** After so many times without an answer, what was known is out of date. */
  private static final int LONG = 60;

  private final AnswerTimes answers;
  private long countSeen;
  private long nanosSeen;
  private long failuresSeen;
  private long probeNanos;
  private int silent;
  private double factor = 1;

  LearntWeight(AnswerTimes answers) {
    this.answers = answers;
  }

  /** A probe has succeeded. */
  void probed(long nanos) {
    probeNanos = nanos;
  }

  /** What its weight is multiplied with, above 0; 1 at first. */
  public double factor() {
    return factor;
  }

  /** Its weight is multiplied with that from the next snapshot on. */
  public void multiply(double newFactor) {
    factor = newFactor;
  }

  /** How fast it has answered since this was asked last. */
  public Pace take() {
    double clients = takeClients();
    long probe = probeNanos;
    probeNanos = 0;
    silent = clients > 0 || probe > 0 ? 0 : silent + 1;
    return new Pace(clients, probe, silent >= LONG);
  }

  private double takeClients() {
    long count = answers.count() - countSeen;
    long nanos = answers.nanos() - nanosSeen;
    long failures = answers.failures() - failuresSeen;
    if (count + failures < LEAST_ANSWERS) {
      return 0;
    }
    countSeen += count;
    nanosSeen += nanos;
    failuresSeen += failures;
    return (double) (nanos + failures * AnswerTimes.FAILED_NANOS) / (count + failures);
  }
}
