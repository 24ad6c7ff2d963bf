package io.loble.proxy;

import io.loble.net.Literals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  private static final Pattern NETWORK = Pattern.compile("(.+)/(\\d{1,3})");
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[(.+)]|(\\d+\\.\\d+\\.\\d+\\.\\d+)):(\\d{1,5})");

  private final byte[] network;
  private final int bits;
  private final int port;

  private ClientRange(InetAddress network, int bits, int port) {
    this.network = network.getAddress();
    this.bits = bits;
    this.port = port;
  }

  /** The clients that are written so; empty when that is none of {@link #EXAMPLES}. */
  public static Optional<ClientRange> parse(String text) {
    Matcher network = NETWORK.matcher(text);
    if (network.matches()) {
      return of(Literals.address(network.group(1)), Integer.parseInt(network.group(2)), ANY_PORT);
    }
    Matcher withPort = WITH_PORT.matcher(text);
    if (withPort.matches()) {
      String host = withPort.group(1) == null ? withPort.group(2) : withPort.group(1);
      return of(Literals.address(host), Integer.MAX_VALUE, Integer.parseInt(withPort.group(3)));
    }
    Matcher first = FIRST_NUMBERS.matcher(text);
    return first.matches()
        ? firstNumbers(first.group(1))
        : of(Literals.address(text), Integer.MAX_VALUE, ANY_PORT);
  }

  private static Optional<ClientRange> firstNumbers(String numbers) {
    int count = numbers.split("\\.", -1).length;
    String whole = numbers + ".0".repeat(4 - count);
    return of(Literals.address(whole), count * Byte.SIZE, ANY_PORT);
  }

  private static Optional<ClientRange> of(@Nullable InetAddress network, int bits, int port) {
    if (network == null || port > 65_535) {
      return Optional.empty();
    }
    int most = network.getAddress().length * Byte.SIZE;
    boolean isNetwork = bits != Integer.MAX_VALUE;
    return isNetwork && bits > most
        ? Optional.empty()
        : Optional.of(new ClientRange(network, isNetwork ? bits : most, port));
  }

  /** Whether a client is one of them. */
  public boolean holds(InetSocketAddress client) {
    byte[] address = client.getAddress().getAddress();
    return (port == ANY_PORT || port == client.getPort())
        && address.length == network.length
        && startsAlike(address);
  }

  private boolean startsAlike(byte[] address) {
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
      return false;
    }
    int mask = 0xff << (Byte.SIZE - rest);
    return rest == 0 || ((address[whole] ^ network[whole]) & mask & 0xff) == 0;
  }
}
