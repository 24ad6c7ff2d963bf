package io.loble.sim.server;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What is left to chance on one connection. Each kind of choice has a generator of its own, so that
 * switching one on or off does not change what the others choose.
 */
final class Chances {

  private final SplittableRandom drop;
  private final SplittableRandom latency;
  private final SplittableRandom corruption;

  Chances(SplittableRandom parent) {
    drop = parent.split();
    latency = parent.split();
    corruption = parent.split();
  }

  /** Whether the connection is one of that many in 100 to be dropped. */
  boolean dropped(int percent) {
    return drop.nextInt(100) < percent;
  }

  RandomGenerator latency() {
    return latency;
  }

  RandomGenerator corruption() {
    return corruption;
  }
}
