package io.loble.sim.client;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * How a client simulator decides when the next client begins.
 *
 * <p>In an open loop clients come when they are due, whether or not those before were served, as
 * users do. Latency then counts from the moment something was due. Were it to count from the moment
 * it was sent, a server that stalls would also stall the measuring, and all the requests that ought
 * to have been sent meanwhile would be missing from the percentiles: what Gil Tene named
 * coordinated omission, and what his wrk2 corrects in the same way.
 *
 * <p>In a closed loop a client begins when another has ended, so that a stall slows the load down.
 * That finds out how much a system can take, and hides how long those would wait who do not know of
 * each other.
 */
public sealed interface Load {

  /**
   * How long the load takes to grow, linearly, from nothing to its full height; zero for no time.
   */
  Duration rampUp();

  /**
   * New clients at a steady rate.
   *
   * @param rate new clients a second, above 0
   */
  record OpenLoop(double rate, Duration rampUp) implements Load {}

  /**
   * The same number of clients at all times.
   *
   * @param connections how many, above 0
   */
  record ClosedLoop(int connections, Duration rampUp) implements Load {}

  /** Puts the settings that make it up into an object. */
  default void writeTo(JsonObject json) {
    if (this instanceof OpenLoop open) {
      json.put("rate", open.rate());
    } else if (this instanceof ClosedLoop closed) {
      json.put("connections", closed.connections());
    }
    if (!rampUp().isZero()) {
      json.put("ramp_up", rampUp().toMillis() + "ms");
    }
  }
}
