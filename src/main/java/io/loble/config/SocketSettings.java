package io.loble.config;

import io.loble.model.Bandwidth;
import io.loble.model.FileMode;

/**
 * What a listener wants of its sockets: the listening one, and those of its connections.
 *
 * @param backlog how many clients may wait to be accepted, 1 to {@value #MAX_BACKLOG}; the kernel
 *     lowers it to what {@code net.core.somaxconn} allows
 * @param v6only whether an IPv6 address takes no IPv4 clients; of no effect on an IPv4 address
 * @param bandwidth of each of its connections, in each direction
 * @param mode of the file of a Unix socket; of no effect on another address
 */
public record SocketSettings(int backlog, boolean v6only, Bandwidth bandwidth, FileMode mode) {

  /** The most clients that may be asked to wait. */
  public static final int MAX_BACKLOG = 65_535;

  /** Where the configuration does not say. */
  public static final SocketSettings DEFAULT =
      new SocketSettings(MAX_BACKLOG, false, Bandwidth.NONE);

  /** The same with the mode that a Unix socket has where the configuration does not say. */
  public SocketSettings(int backlog, boolean v6only, Bandwidth bandwidth) {
    this(backlog, v6only, bandwidth, FileMode.OWNER_AND_GROUP);
  }
}
