package io.loble.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.loble.model.SendProxy;
import io.loble.preface.ProxyAddress;
import io.loble.preface.ProxyEncoder;
import io.loble.preface.ProxyHeader;
import io.loble.preface.ProxyTlvs;
import io.loble.preface.TlvBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Headers of the PROXY protocol for connections of clients, on one event loop.
 *
 * <p>A unique id is 24 hexadecimal digits that are drawn once for the event loop, a hyphen and 16
 * digits that count its connections. 96 bits from a secure generator make it unique over event
 * loops, restarts and nodes without any of them knowing another: among a million starts, the chance
 * that any two draw the same is 1 to 10^17. A connection keeps its id when it is tried on another
 * backend.
 */
final class ProxyHeaders {

  private static final int RANDOM_BYTES = 12;

  private final HexFormat hex = HexFormat.of();

  /** Drawn when it is needed for the first time. */
  private @Nullable String prefix;

  /**
   * The header that goes to a backend.
   *
   * @param version not {@link SendProxy#OFF}
   * @param source the client; one without an IP address is named by no header
   * @param destination what the client has connected to; null when that cannot be told any more:
   *     then the header names neither
   * @param connection which of the event loop's connections it is
   * @param introduction what is known of the client, such as the names in its ClientHello; null
   *     when nothing had to be learnt
   */
  ByteBuf of(
      SendProxy version,
      SocketAddress source,
      @Nullable InetSocketAddress destination,
      long connection,
      @Nullable Introduction introduction) {
    ProxyHeader ends = ends(source, destination);
    byte[] header =
        version == SendProxy.V1
            ? ProxyEncoder.v1(ends)
            : ProxyEncoder.v2(ends.with(additions(connection, introduction)), false);
    // Sockets without a channel can be written to from direct memory only.
    return PooledByteBufAllocator.DEFAULT.directBuffer(header.length).writeBytes(header);
  }

  private static ProxyHeader ends(SocketAddress source, @Nullable InetSocketAddress destination) {
    return source instanceof InetSocketAddress client && destination != null
        ? ProxyHeader.between(end(client), end(destination))
        : ProxyHeader.unknown();
  }

  private static ProxyAddress.Ip end(InetSocketAddress end) {
    return new ProxyAddress.Ip(unmapped(end.getAddress()), end.getPort());
  }

  /** An IPv4 client of a listener that takes IPv6 too has an IPv4 address. */
  private static InetAddress unmapped(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private ProxyTlvs additions(long connection, @Nullable Introduction known) {
    TlvBuilder additions = ProxyTlvs.builder().uniqueId(uniqueId(connection).getBytes(US_ASCII));
    if (known != null && known.serverName() != null) {
      additions.authority(known.serverName());
    }
    // Of several names it is the server's answer that tells which one is spoken.
    if (known != null && known.alpn().size() == 1) {
      additions.alpn(known.alpn().get(0));
    }
    if (known != null && known.tls() != null) {
      additions.ssl(known.tls().sslInfo());
    }
    return additions.build();
  }

  /** What names that connection of this event loop everywhere. */
  String uniqueId(long connection) {
    if (prefix == null) {
      byte[] random = new byte[RANDOM_BYTES];
      new SecureRandom().nextBytes(random);
      prefix = hex.formatHex(random) + '-';
    }
    return prefix + hex.toHexDigits(connection);
  }
}
