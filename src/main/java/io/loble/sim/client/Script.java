package io.loble.sim.client;

/**
 * What one simulated client will do. All choices are made when it is created, so that they depend
 * on nothing that happens. Which {@link Session} does it is told by {@link Sessions}.
 */
interface Script {

  /** The choices of this client, in words. */
  String choices();
}
