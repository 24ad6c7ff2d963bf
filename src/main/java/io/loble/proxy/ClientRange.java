package io.loble.proxy;

import io.loble.model.Network;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients of one address, with one port or any, or of one network. Immutable. */
public final class ClientRange {

  /** What can be parsed, to be named where something cannot. */
  public static final String EXAMPLES =
      "an IP address such as 10.0.0.7, one with a port such as 10.0.0.7:40512 or"
          + " [2001:db8::1]:443, the first numbers of one such as 10.2, or a network such as"
          + " 10.0.0.0/8";

  private static final int ANY_PORT = -1;

  /** One to three numbers of an IPv4 address, with or without a dot behind them. */
  private static final Pattern FIRST_NUMBERS =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){0,2})\\.?");

  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[([^/]+)]|(\\d+\\.\\d+\\.\\d+\\.\\d+)):(\\d{1,5})");

  /** Of an IPv6 address, what says by which interface; it makes no difference. */
  private static final Pattern ZONE = Pattern.compile("(?<=:[0-9a-fA-F]{0,4})%[^/%]+");

  private final Network network;
  private final int port;

  private ClientRange(Network network, int port) {
    this.network = network;
    this.port = port;
  }

  /** The clients that are written so; empty when that is none of {@link #EXAMPLES}. */
  public static Optional<ClientRange> parse(String text) {
    Matcher withPort = WITH_PORT.matcher(text);
    if (withPort.matches()) {
      String host = withPort.group(1) == null ? withPort.group(2) : withPort.group(1);
      return of(host, Integer.parseInt(withPort.group(3)));
    }
    Matcher first = FIRST_NUMBERS.matcher(text);
    return first.matches() ? firstNumbers(first.group(1)) : of(text, ANY_PORT);
  }

  private static Optional<ClientRange> firstNumbers(String numbers) {
    int count = numbers.split("\\.", -1).length;
    return of(numbers + ".0".repeat(4 - count) + "/" + count * Byte.SIZE, ANY_PORT);
  }

  private static Optional<ClientRange> of(String network, int port) {
    if (port > 65_535) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ClientRange(Network.around(ZONE.matcher(network).replaceFirst("")), port));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether a client is one of them. */
  public boolean holds(SocketAddress client) {
    return client instanceof InetSocketAddress tcp
        && (port == ANY_PORT || port == tcp.getPort())
        && network.contains(tcp.getAddress());
  }
}
