package io.loble.config;

import io.loble.model.Rate;

/**
 * What one client of a listener may have. A client is an address, or all addresses of a network.
 *
 * @param maxConnections at once; 0 for no bound
 * @param rate of new connections
 * @param burst how many new connections may come at once; 0 for what the rate brings in a second
 * @param prefix4 the bits by which IPv4 clients are told apart
 * @param prefix6 the bits by which IPv6 clients are told apart
 */
public record PerClient(int maxConnections, Rate rate, int burst, int prefix4, int prefix6) {

  /** Bounds nothing; an IPv6 client is what is usually given to one customer. */
  public static final PerClient NONE = new PerClient(0, Rate.NONE, 0, 32, 64);

  /** Whether there is any bound. */
  public boolean isBounded() {
    return maxConnections > 0 || rate.isBounded();
  }

  /** How many new connections may come at once; 0 where there is no rate. */
  public int effectiveBurst() {
    return burst > 0 ? burst : rate.defaultBurst();
  }
}
