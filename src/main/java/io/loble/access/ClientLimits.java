package io.loble.access;

import io.loble.model.Rate;

/**
 * What one client may have. A client is an address, or all addresses of a network.
 *
 * @param maxConnections at once; 0: no bound
 * @param rate of new connections
 * @param burst how many new connections may come at once: 1 or more where there is a rate
 * @param prefix4 the bits by which IPv4 clients are told apart: 0 to 32
 * @param prefix6 the bits by which IPv6 clients are told apart: 0 to 128
 */
public record ClientLimits(int maxConnections, Rate rate, int burst, int prefix4, int prefix6) {

  /** Bounds nothing; an IPv4 client is an address, an IPv6 client the network of a /64. */
  public static final ClientLimits NONE = new ClientLimits(0, Rate.NONE, 0, 32, 64);

  public ClientLimits {
    if (maxConnections < 0
        || (rate.isBounded() && burst < 1)
        || prefix4 < 0
        || prefix4 > 32
        || prefix6 < 0
        || prefix6 > 128) {
      throw new IllegalArgumentException(
          "%d connections, %s, %d, /%d, /%d"
              .formatted(maxConnections, rate, burst, prefix4, prefix6));
    }
  }

  /** Whether there is any bound. */
  public boolean isBounded() {
    return maxConnections > 0 || rate.isBounded();
  }

  boolean tellsApartAs(ClientLimits other) {
    return prefix4 == other.prefix4 && prefix6 == other.prefix6;
  }
}
