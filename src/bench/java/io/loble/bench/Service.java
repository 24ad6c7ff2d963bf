package io.loble.bench;

import io.loble.sim.server.LatencyModel;
import java.util.random.RandomGenerator;

/** How a backend of a {@link World} treats its clients. */
sealed interface Service {

  /** Answers after 20 ms on average. */
  Answering USUAL = new Steady(new LatencyModel.Uniform(10, 30));

  /** It answers each of them. */
  sealed interface Answering extends Service {

    /**
     * How long the next answer takes.
     *
     * @param progress which part of the run is over, from 0 to 1
     */
    double nextMillis(RandomGenerator random, double progress);
  }

  /** The same all along. */
  record Steady(LatencyModel millis) implements Answering {

    @Override
    public double nextMillis(RandomGenerator random, double progress) {
      return millis.nextMillis(random);
    }
  }

  /**
   * Has lost what it had in its caches after a quarter of the run: takes ten times as long from one
   * moment to the next, and then less and less, until it is as before after three quarters.
   */
  record Cold(LatencyModel millis) implements Answering {

    private static final double LOST = 0.25;
    private static final double REGAINED = 0.75;
    private static final double FACTOR = 10;

    @Override
    public double nextMillis(RandomGenerator random, double progress) {
      return millis.nextMillis(random) * factor(progress);
    }

    private static double factor(double progress) {
      return progress < LOST || progress > REGAINED
          ? 1
          : 1 + (FACTOR - 1) * (REGAINED - progress) / (REGAINED - LOST);
    }
  }

  /**
   * Closes each connection without an answer, as soon as it has read the request. Closing without
   * reading it could be a reset, which is a failure for everyone who counts failures.
   */
  record Dropping() implements Service {}
}
