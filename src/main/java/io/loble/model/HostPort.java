package io.loble.model;

import java.util.Optional;

/**
 * A host (an IPv4 or IPv6 address without brackets, or a name) and a TCP port.
 *
 * <p>Has the {@code equals} of a record, but as plain code: the one that the JVM puts together
 * would cost each start 25 ms at the first address that is compared.
 *
 * @param host never empty
 * @param port 0 to 65535; 0 means "any free port" and is of use only to a listener
 */
public record HostPort(String host, int port) implements Address {

  /**
   * Reads {@code host:port}, with an IPv6 address in brackets: {@code [::1]:9000}.
   *
   * @return empty when the text is not of that form
   */
  public static Optional<HostPort> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      return Optional.empty();
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
      if (host.indexOf(':') < 0) {
        return Optional.empty();
      }
    } else if (host.indexOf(':') >= 0) {
      return Optional.empty();
    }
    int port = portNumber(text.substring(colon + 1));
    return port < 0 || !isHost(host) ? Optional.empty() : Optional.of(new HostPort(host, port));
  }

  private static boolean isHost(String text) {
    return !text.isEmpty()
        && text.chars().noneMatch(c -> c == '[' || c == ']' || Character.isWhitespace(c));
  }

  private static int portNumber(String digits) {
    if (digits.isEmpty()
        || digits.length() > 5
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int port = Integer.parseInt(digits);
    return port <= 65535 ? port : -1;
  }

  @Override
  public boolean mayClashWith(Address other) {
    return other instanceof HostPort that && port != 0 && port == that.port;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostPort that && port == that.port && host.equals(that.host);
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
