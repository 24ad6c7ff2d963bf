package io.loble.http;

import io.loble.access.NetworkSet;
import io.loble.net.PeerAddress;
import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What backends are told of one client by headers: {@code X-Forwarded-For}, {@code -Proto} and
 * {@code -Host}, and {@code Forwarded} (RFC 7239). What a client says itself of others is kept only
 * where it is trusted.
 */
final class Forwarding {

  private static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");
  private static final CharSequence FOR = HttpHeaders.createOptimized("x-forwarded-for");
  private static final CharSequence PROTO = HttpHeaders.createOptimized("x-forwarded-proto");
  private static final CharSequence HOST = HttpHeaders.createOptimized("x-forwarded-host");
  private static final CharSequence HTTP = HttpHeaders.createOptimized("http");
  private static final CharSequence HTTPS = HttpHeaders.createOptimized("https");
  private static final String PREFIX = "x-forwarded-";
  private static final String REAL_IP = "x-real-ip";

  private final CharSequence address;
  private final String node;
  private final CharSequence proto;
  private final boolean trusted;

  /** What most requests of a client ask for again, and what is said of it. */
  private @Nullable String lastHost;

  private CharSequence lastElement;

  /**
   * @param encrypted whether the client has come by TLS
   * @param trustedProxies whose word is believed
   */
  Forwarding(SocketAddress client, boolean encrypted, NetworkSet trustedProxies) {
    InetAddress ip = PeerAddress.ip(client);
    String text = ip == null ? "unknown" : NetUtil.toAddressString(ip);
    this.address = HttpHeaders.createOptimized(text);
    this.node = ip instanceof Inet6Address ? "\"[" + text + "]\"" : text;
    this.proto = encrypted ? HTTPS : HTTP;
    this.trusted = ip != null && trustedProxies.contains(ip);
    this.lastElement = element(null);
  }

  /** Whether a header that has come is not to go on, since it is for us to say. */
  boolean drops(String name) {
    return switch (name.length()) {
      case 9 -> isNamed(name, FORWARDED) || isRealIp(name);
      case 15 -> isNamed(name, FOR) || isUntrusted(name);
      case 16 -> isUntrusted(name);
      default -> isUntrusted(name);
    };
  }

  private static boolean isNamed(String name, CharSequence known) {
    return AsciiString.contentEqualsIgnoreCase(known, name);
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
    CharSequence own = said(host);
    headers.add(FORWARDED, trusted ? after(came, FORWARDED, own) : own);
  }

  private static CharSequence after(MultiMap came, CharSequence name, CharSequence own) {
    return came.contains(name) ? String.join(", ", came.getAll(name)) + ", " + own : own;
  }

  private CharSequence said(@Nullable String host) {
    if (!Objects.equals(host, lastHost)) {
      lastHost = host;
      lastElement = element(host);
    }
    return lastElement;
  }

  private CharSequence element(@Nullable String host) {
    String known = "for=" + node + ";proto=" + proto;
    String element = host == null ? known : known + ";host=\"" + host + "\"";
    return HttpHeaders.createOptimized(element);
  }
}
