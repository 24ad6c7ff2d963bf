package io.loble.config.read;

import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of servers as TLS clients ask for them, and patterns of such names. */
public final class ServerNames {

  public static final String EXPECTED =
      "a host name such as \"db.example.com\", or \"*.example.com\" for all names below it, in"
          + " ASCII (xn--…)";

  /** What a ClientHello may ask for, and such a name behind {@code *.}. */
  private static final Pattern FORM =
      Pattern.compile("(\\*\\.)?[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");

  private static final int MOST_CHARACTERS = 255;

  private ServerNames() {}

  /** In lower case and without a dot at its end; empty when it is none. */
  public static Optional<String> read(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return Optional.of(name)
        .filter(n -> n.length() <= MOST_CHARACTERS && FORM.matcher(n).matches());
  }

  /** The same without a pattern for several, or the one way to write an IP address. */
  static Optional<String> readHost(String text) {
    Optional<String> address = Hosts.ip(text).map(NetUtil::toAddressString);
    return address.isPresent()
        ? address
        : read(text).filter(name -> !name.startsWith("*") && Hosts.fault(name).isEmpty());
  }
}
