package io.loble.model;

/** Where a listener listens, or a backend is to be reached. Written as {@code toString} has it. */
public sealed interface Address permits HostPort, UnixPath {

  /**
   * Whether two sockets that listen on these may stand in each other's way: they have one port,
   * whatever the hosts are, or one path.
   */
  boolean mayClashWith(Address other);
}
