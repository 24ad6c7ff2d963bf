package io.loble.net;

import io.loble.model.Address;
import io.loble.model.FileMode;
import io.loble.model.TcpSettings;

/**
 * How to listen.
 *
 * @param name of the listener; event loops that open the same name and address share its port
 * @param address where; port 0 stands for any free port, the same for all that share the name. All
 *     event loops have one Unix socket
 * @param reusePort whether other processes may listen there too
 * @param tcp what the sockets of its clients are to begin with
 * @param backlog how many clients may wait to be accepted; the kernel lowers it to what {@code
 *     net.core.somaxconn} allows
 * @param v6only whether an IPv6 address is to take no IPv4 clients
 * @param mode of the file of a Unix socket; without a meaning elsewhere
 * @param kind of the clients' streams
 */
public record ListenOptions(
    String name,
    Address address,
    boolean reusePort,
    TcpSettings tcp,
    int backlog,
    boolean v6only,
    FileMode mode,
    StreamKind kind) {

  /** How to listen where nothing is to be said of a file. */
  public ListenOptions(
      String name,
      Address address,
      boolean reusePort,
      TcpSettings tcp,
      int backlog,
      boolean v6only) {
    this(
        name,
        address,
        reusePort,
        tcp,
        backlog,
        v6only,
        FileMode.OWNER_AND_GROUP,
        StreamKind.FASTEST);
  }
}
