package io.loble.config;

import io.loble.model.Network;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether and how a listener balances requests. Files are named, not read.
 *
 * @param on whether requests are balanced; else connections are, and nothing else holds
 * @param trustedProxies the clients whose word about their own clients is believed
 * @param compression whether answers of backends are compressed for clients that take gzip
 * @param maxHead the most bytes of a request line and headers together
 * @param maxStreams how many requests a client's connection of HTTP/2 has at once
 * @param errorPages by status, in its order
 */
public record ListenerHttp(
    boolean on,
    List<Network> trustedProxies,
    boolean compression,
    int maxHead,
    int maxStreams,
    Map<Integer, ErrorPage> errorPages) {

  /** Connections are balanced. */
  public static final ListenerHttp OFF =
      new ListenerHttp(false, List.of(), false, 32 * 1024, 100, Map.of());

  /** Requests are balanced, with all defaults. */
  public static final ListenerHttp ON =
      new ListenerHttp(true, List.of(), false, OFF.maxHead, OFF.maxStreams, Map.of());

  /** The protocols that are offered to clients where the configuration names none. */
  public static final List<String> PROTOCOLS = List.of("h2", "http/1.1");

  public ListenerHttp {
    trustedProxies = List.copyOf(trustedProxies);
    errorPages = Collections.unmodifiableMap(new TreeMap<>(errorPages));
  }
}
