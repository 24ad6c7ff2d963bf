package io.loble.config.read;

import io.loble.model.Address;
import io.loble.model.HostPort;
import io.loble.model.UnixPath;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Optional;

/** The kinds of addresses that configuration keys have. */
public final class AddressScalars {

  private AddressScalars() {}

  /** Where a server is to be reached. */
  public static ScalarCodec<HostPort> target() {
    return hostPort("host:port, such as \"10.0.0.1:8080\", with a port from 1 to 65535", 1);
  }

  /** Where to listen; port 0 for any free one. */
  public static ScalarCodec<HostPort> bindAddress() {
    return hostPort("host:port, such as \"0.0.0.0:9000\", with a port from 0 to 65535", 0);
  }

  /** Where a backend is to be reached. */
  public static ScalarCodec<Address> backendAddress() {
    return orUnixPath(target(), "unix:/run/app.sock");
  }

  /** Where a listener listens; port 0 for any free one. */
  public static ScalarCodec<Address> listenerAddress() {
    return orUnixPath(bindAddress(), "unix:/run/loble/edge.sock");
  }

  /** An address that a socket of this machine can be bound to. */
  public static ScalarCodec<InetAddress> localIp() {
    return Scalars.ofString(
            "an IP address without a port, such as \"10.0.0.5\"",
            s -> Hosts.ip(s).filter(a -> !a.isAnyLocalAddress() && !a.isMulticastAddress()),
            NetUtil::toAddressString)
        .describedBy(Schemas.ip());
  }

  private static ScalarCodec<HostPort> hostPort(String expected, int minPort) {
    return new ScalarCodec<>(
        expected,
        Schemas.address(),
        v -> v instanceof String s ? parsed(s, minPort).map(Hosts::canonical) : Optional.empty(),
        HostPort::toString,
        v ->
            v instanceof String s
                ? parsed(s, minPort).flatMap(a -> Hosts.fault(a.host()))
                : Optional.empty());
  }

  private static ScalarCodec<Address> orUnixPath(ScalarCodec<HostPort> tcp, String example) {
    return new ScalarCodec<>(
        tcp.expected() + ", or the path of a Unix socket, such as \"" + example + "\"",
        Schemas.addressOrPath(),
        v ->
            v instanceof String s && UnixPath.isMeant(s)
                ? UnixPath.parse(s).map(Address.class::cast)
                : tcp.reader().apply(v).map(Address.class::cast),
        Address::toString,
        v -> v instanceof String s && UnixPath.isMeant(s) ? unixFault(s) : tcp.fault().apply(v));
  }

  private static Optional<String> unixFault(String text) {
    return InvisibleText.isFreeOf(text)
        ? UnixPath.fault(text)
        : Optional.of("the path of a Unix socket has no invisible characters");
  }

  private static Optional<HostPort> parsed(String text, int minPort) {
    return HostPort.parse(text)
        .filter(a -> a.port() >= minPort && a.host().chars().allMatch(c -> c > ' '));
  }
}
