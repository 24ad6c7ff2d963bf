package io.loble.config.read;

import io.loble.model.HostPort;
import io.loble.model.UnixPath;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One way to write each host, so that the same host is equal to itself: names in lower case, IPv6
 * addresses as RFC 5952 has them, IPv4 addresses that are mapped into IPv6 as IPv4.
 */
public final class Hosts {

  /** As DNS has it. */
  private static final int MAX_NAME = 253;

  private static final String BYTE = "(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

  /** What resolvers take for an IPv4 address, each in its own way: the last label is a number. */
  private static final Pattern LIKE_IPV4 = Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)\\.?");

  private Hosts() {}

  /** The address without a zone that a text is; empty where it is none. */
  static Optional<InetAddress> ip(String text) {
    boolean ipv4 = IPV4.matcher(text).matches();
    boolean ipv6 = text.indexOf(':') >= 0 && text.indexOf('%') < 0 && fault(text).isEmpty();
    if (!ipv4 && !ipv6) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Why a host cannot be used; empty when it can. */
  static Optional<String> fault(String host) {
    if (host.length() > MAX_NAME) {
      return Optional.of("a host has at most " + MAX_NAME + " characters");
    }
    if (!InvisibleText.isFreeOf(host)) {
      return Optional.of("a host has no invisible characters");
    }
    if (host.indexOf(':') >= 0) {
      return NetUtil.isValidIpV6Address(host) && endsStrictly(host)
          ? Optional.empty()
          : Optional.of(
              "\"" + host + "\" is not an IPv6 address; write one such as ::1 or fe80::1%eth0");
    }
    return LIKE_IPV4.matcher(host).matches() && !IPV4.matcher(host).matches()
        ? Optional.of(
            "\""
                + host
                + "\" looks like an IPv4 address but is not one; write four numbers from 0 to 255"
                + " without leading zeros, such as 127.0.0.10")
        : Optional.empty();
  }

  /** An IPv6 address may end in an IPv4 address, which Netty reads more freely than others do. */
  private static boolean endsStrictly(String host) {
    int zone = host.indexOf('%');
    String literal = zone < 0 ? host : host.substring(0, zone);
    String last = literal.substring(literal.lastIndexOf(':') + 1);
    return last.indexOf('.') < 0 || IPV4.matcher(last).matches();
  }

  /**
   * The one way to write the address that a text is; the text itself where it is none. What
   * backends without a name of their own are called, however their address was written.
   */
  public static String canonical(String text) {
    return HostPort.parse(text)
        .map(address -> canonical(address).toString())
        .or(() -> UnixPath.parse(text).map(UnixPath::toString))
        .orElse(text);
  }

  /** The address with its host in the one way to write it. */
  static HostPort canonical(HostPort address) {
    String host = address.host();
    return new HostPort(
        host.indexOf(':') < 0 ? host.toLowerCase(Locale.ROOT) : ipv6(host), address.port());
  }

  private static String ipv6(String host) {
    int zone = host.indexOf('%');
    String literal = zone < 0 ? host : host.substring(0, zone);
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
    if (bytes == null) {
      return host;
    }
    // The JDK makes an IPv4 address of a mapped one, and Netty writes IPv6 as RFC 5952 has it.
    String canonical = isMapped(bytes) ? ipv4(bytes) : NetUtil.bytesToIpAddress(bytes);
    return zone < 0 ? canonical : canonical + host.substring(zone);
  }

  private static boolean isMapped(byte[] bytes) {
    if (bytes.length != 16) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
  }

  private static String ipv4(byte[] mapped) {
    return (mapped[12] & 0xff)
        + "."
        + (mapped[13] & 0xff)
        + "."
        + (mapped[14] & 0xff)
        + "."
        + (mapped[15] & 0xff);
  }
}
