package io.loble.proxy;

import io.loble.preface.PrefaceResult;
import io.loble.preface.ProxyAddress;
import io.loble.preface.Starttls;
import io.loble.tls.HandshakeInfo;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt of a client before a backend was picked, as far as it is kept while the
 * connection lasts: at most some 3 kB, whatever the client has said.
 *
 * @param from the other end of the client's connection
 * @param connectedTo what a PROXY header says that the client has connected to; null without one
 * @param serverName the host that its ClientHello asks for; null when it names none
 * @param alpn the first protocols that its ClientHello offers
 * @param asksForTls whether it was told that its backend speaks TLS, which that has to be asked
 * @param route the route that takes it; null when none does
 * @param tls what was agreed on with it; null when it is not decrypted
 */
record Introduction(
    SocketAddress from,
    @Nullable InetSocketAddress connectedTo,
    @Nullable String serverName,
    List<String> alpn,
    boolean asksForTls,
    @Nullable Route route,
    @Nullable HandshakeInfo tls) {

  private static final int MOST_PROTOCOLS = 8;

  static Introduction of(SocketAddress from, PrefaceResult.Known said, @Nullable Route route) {
    return new Introduction(
        from,
        connectedTo(said),
        said.serverName(),
        said.alpn().stream().limit(MOST_PROTOCOLS).toList(),
        said.starttls() == Starttls.POSTGRES,
        route,
        null);
  }

  /** The same when the client is decrypted: what counts then is what was agreed on with it. */
  Introduction secured(HandshakeInfo agreed, @Nullable Route newRoute) {
    return new Introduction(
        from,
        connectedTo,
        serverName(agreed),
        agreed.alpn().stream().toList(),
        false,
        newRoute,
        agreed);
  }

  /** As routes have it. */
  static @Nullable String serverName(HandshakeInfo agreed) {
    return agreed.serverName().map(Introduction::normal).orElse(null);
  }

  /** As a ClientHello is read: {@code example.com.} is {@code example.com}. */
  private static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static @Nullable InetSocketAddress connectedTo(PrefaceResult.Known said) {
    return said.proxy() != null && said.proxy().destination() instanceof ProxyAddress.Ip ip
        ? new InetSocketAddress(ip.address(), ip.port())
        : null;
  }
}
