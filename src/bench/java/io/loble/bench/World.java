package io.loble.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.loble.sim.server.LatencyModel;
import java.util.List;

/**
 * Backends, of which the first may be unlike the others.
 *
 * @param name what it is called on the command line
 * @param title what stands above its table
 * @param first how the first backend serves
 * @param others how each of the others does
 * @param perSecond how many clients come, on average
 */
record World(String name, String title, Service first, Service others, int perSecond) {

  static final int BACKENDS = 5;

  /** How many clients a backend serves at once. */
  static final int WORKERS = 4;

  private static final double MEAN_MILLIS = 20;

  /** How busy the backends are that can be relied on, if they get all clients. */
  private static final double LOAD = 0.7;

  private static final double SHAPE = 1.5;

  /** Takes as long as usual on average; one answer in a hundred takes 144 ms or more. */
  private static final Service TAIL =
      new Service.Steady(new LatencyModel.Pareto(MEAN_MILLIS * (SHAPE - 1) / SHAPE, SHAPE));

  static final List<World> ALL =
      List.of(
          new World(
              "worlds-slow",
              "One of five backends takes ten times as long",
              new Service.Steady(new LatencyModel.Uniform(100, 300)),
              Service.USUAL,
              rate(BACKENDS - 1)),
          new World(
              "worlds-fails",
              "One of five backends fails fast",
              new Service.Dropping(),
              Service.USUAL,
              rate(BACKENDS - 1)),
          new World("worlds-tail", "Some answers take very long", TAIL, TAIL, rate(BACKENDS)),
          new World(
              "worlds-cold",
              "One of five backends is cold for a while",
              new Service.Cold(new LatencyModel.Uniform(10, 30)),
              Service.USUAL,
              rate(BACKENDS)));

  private static int rate(int backends) {
    return (int) Math.round(LOAD * backends * WORKERS * SECONDS.toMillis(1) / MEAN_MILLIS);
  }
}
