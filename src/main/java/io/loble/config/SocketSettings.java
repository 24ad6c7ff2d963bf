package io.loble.config;

import io.loble.model.Bandwidth;

/**
 * What a listener wants of its sockets: the listening one, and those of its connections.
 *
 * @param backlog how many clients may wait to be accepted, 1 to {@value #MAX_BACKLOG}; the kernel
 *     lowers it to what {@code net.core.somaxconn} allows
 * @param v6only whether an IPv6 address takes no IPv4 clients; of no effect on an IPv4 address
 * @param bandwidth of each of its connections, in each direction
 */
public record SocketSettings(int backlog, boolean v6only, Bandwidth bandwidth) {

  /** The most clients that may be asked to wait. */
  public static final int MAX_BACKLOG = 65_535;

  /** Where the configuration does not say. */
  public static final SocketSettings DEFAULT =
      new SocketSettings(MAX_BACKLOG, false, Bandwidth.NONE);
}
