package io.loble.net;

import io.loble.model.HostPort;
import io.loble.model.TcpSettings;

/**
 * How to listen.
 *
 * @param name of the listener; event loops that open the same name and address share its port
 * @param address where; port 0 stands for any free port, the same for all that share the name
 * @param reusePort whether other processes may listen there too
 * @param tcp what the sockets of its clients are to begin with
 * @param backlog how many clients may wait to be accepted; the kernel lowers it to what {@code
 *     net.core.somaxconn} allows
 * @param v6only whether an IPv6 address is to take no IPv4 clients
 */
public record ListenOptions(
    String name,
    HostPort address,
    boolean reusePort,
    TcpSettings tcp,
    int backlog,
    boolean v6only) {}
