package io.loble.http;

import io.loble.access.NetworkSet;
import io.loble.net.PeerAddress;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What backends are told of one client by headers: {@code X-Forwarded-For}, {@code -Proto} and
 * {@code -Host}, and {@code Forwarded} (RFC 7239). What a client says itself of others is kept only
 * where it is trusted.
 */
final class Forwarding {

  private static final String FORWARDED = "forwarded";
  private static final String FOR = "x-forwarded-for";
  private static final String PROTO = "x-forwarded-proto";
  private static final String HOST = "x-forwarded-host";
  private static final String PREFIX = "x-forwarded-";
  private static final String REAL_IP = "x-real-ip";

  private final String address;
  private final String node;
  private final String proto;
  private final boolean trusted;

  /**
   * @param encrypted whether the client has come by TLS
   * @param trustedProxies whose word is believed
   */
  Forwarding(SocketAddress client, boolean encrypted, NetworkSet trustedProxies) {
    InetAddress ip = PeerAddress.ip(client);
    this.address = ip == null ? "unknown" : NetUtil.toAddressString(ip);
    this.node = ip instanceof Inet6Address ? "\"[" + address + "]\"" : address;
    this.proto = encrypted ? "https" : "http";
    this.trusted = ip != null && trustedProxies.contains(ip);
  }

  /** Whether a header that has come is not to go on, since it is for us to say. */
  boolean drops(String name) {
    return switch (name.length()) {
      case 9 -> name.equalsIgnoreCase(FORWARDED) || isRealIp(name);
      case 15 -> name.equalsIgnoreCase(FOR) || isUntrusted(name);
      case 16 -> isUntrusted(name);
      default -> isUntrusted(name);
    };
  }

  private boolean isRealIp(String name) {
    return !trusted && name.equalsIgnoreCase(REAL_IP);
  }

  private boolean isUntrusted(String name) {
    return !trusted && name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /**
   * Adds what is said of the client to what its request has for a backend.
   *
   * @param came what the client has said
   * @param host that it has asked for
   */
  void addTo(MultiMap headers, MultiMap came, @Nullable String host) {
    headers.add(FOR, trusted ? after(came, FOR, address) : address);
    if (!trusted || !came.contains(PROTO)) {
      headers.add(PROTO, proto);
    }
    if (host != null && (!trusted || !came.contains(HOST))) {
      headers.add(HOST, host);
    }
    String own = element(host);
    headers.add(FORWARDED, trusted ? after(came, FORWARDED, own) : own);
  }

  private static String after(MultiMap came, String name, String own) {
    return came.contains(name) ? String.join(", ", came.getAll(name)) + ", " + own : own;
  }

  private String element(@Nullable String host) {
    String known = "for=" + node + ";proto=" + proto;
    return host == null ? known : known + ";host=\"" + host + "\"";
  }
}
