package io.loble.balancer;

import io.loble.model.Backend;

/**
 * How long a backend takes to answer, times the connections that it would have, for its weight:
 * that of Finagle's {@code PeakEwma} balancer (Twitter, 2015). One of which nothing is known is
 * tried.
 */
final class AnswerLoad implements LoadSignal {

  /** The least that counts: among backends of which nothing is known, connections decide. */
  private static final double LEAST_NANOS = 1_000;

  @Override
  public double of(Backend backend, long nowNanos) {
    double nanos = Math.max(LEAST_NANOS, backend.stats().answers().expectedNanos(nowNanos));
    return nanos * (backend.stats().admission().active() + 1) / backend.effectiveWeight();
  }
}
