package io.loble.sim.client;

import java.util.function.BiConsumer;

/**
 * What one simulated client will do. All choices are made when it is created, so that they depend
 * on nothing that happens.
 */
interface Script {

  /** The choices of this client, in words. */
  String choices();

  /**
   * The client that does it, once.
   *
   * @param onEnd hears how it has ended
   */
  Session session(Site site, Choices.Choice choice, Plan plan, BiConsumer<Session, Outcome> onEnd);
}
