package io.loble.preface;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A header of the PROXY protocol, of either version.
 *
 * @param source the client; null when the header does not name it (LOCAL, UNKNOWN, AF_UNSPEC): then
 *     the ends of the connection itself count
 * @param destination what the client connected to; null exactly when the source is
 * @param tlvs additions of version 2
 */
public record ProxyHeader(
    Command command,
    @Nullable ProxyAddress source,
    @Nullable ProxyAddress destination,
    ProxyTlvs tlvs) {

  /** On whose behalf the connection was made. */
  public enum Command {
    /** The sender's own, such as a probe. */
    LOCAL,
    /** A client's. */
    PROXY
  }

  public ProxyHeader {
    if ((source == null) != (destination == null)) {
      throw new IllegalArgumentException("only one of two ends is named");
    }
    if (command == Command.LOCAL && source != null) {
      throw new IllegalArgumentException("the ends of a local connection are not named");
    }
  }

  /** The header of a connection that the sender made for itself. */
  public static ProxyHeader local() {
    return new ProxyHeader(Command.LOCAL, null, null, ProxyTlvs.NONE);
  }

  /** The header of a client's connection whose ends are not known or cannot be expressed. */
  public static ProxyHeader unknown() {
    return new ProxyHeader(Command.PROXY, null, null, ProxyTlvs.NONE);
  }

  /** The header of a client's connection. */
  public static ProxyHeader between(ProxyAddress source, ProxyAddress destination) {
    return new ProxyHeader(Command.PROXY, source, destination, ProxyTlvs.NONE);
  }

  /** The same with these additions. */
  public ProxyHeader with(ProxyTlvs additions) {
    return new ProxyHeader(command, source, destination, additions);
  }

  /** The client's IP address; null when the header names none. */
  public @Nullable InetAddress client() {
    return source instanceof ProxyAddress.Ip ip ? ip.address() : null;
  }
}
