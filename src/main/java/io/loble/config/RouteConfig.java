package io.loble.config;

import io.loble.model.AddressBits;
import io.loble.model.Network;
import java.util.List;

/**
 * Which clients of a listener, or which requests, go to a pool of their own: those for which every
 * condition holds that is not empty.
 *
 * @param sni names of servers in lower case, one of which the client asks for; {@code
 *     *.example.com} is every name below {@code example.com}, at any depth
 * @param alpn names of protocols, one of which the client offers
 * @param client networks, one of which the client's address lies in
 * @param pool the pool that serves them; empty where clients are told to come back by TLS
 * @param match which of their requests it takes, where requests are balanced
 * @param action what is done with those
 * @param order before which others it is asked; see {@link RouteOrder}
 */
public record RouteConfig(
    List<String> sni,
    List<String> alpn,
    List<Network> client,
    String pool,
    HttpMatch match,
    RouteAction action,
    int order) {

  private static final String WILDCARD = "*.";

  public RouteConfig {
    sni = List.copyOf(sni);
    alpn = List.copyOf(alpn);
    client = List.copyOf(client);
  }

  /** A route that takes whole connections. */
  public RouteConfig(List<String> sni, List<String> alpn, List<Network> client, String pool) {
    this(sni, alpn, client, pool, HttpMatch.ANY, RouteAction.NONE, 0);
  }

  /** Whether it says anything about requests. */
  public boolean needsRequests() {
    return !match.equals(HttpMatch.ANY) || !action.equals(RouteAction.NONE) || order != 0;
  }

  /** Whether a client's ClientHello has to be known. */
  public boolean needsHello() {
    return !sni.isEmpty() || !alpn.isEmpty();
  }

  /** Whether nothing takes the other route that would not take this one. */
  public boolean covers(RouteConfig other) {
    return coversNames(sni, other.sni)
        && coversProtocols(other)
        && coversClients(other)
        && match.covers(other.match);
  }

  /** Whether each name that is among the others is among these; all are where there is none. */
  static boolean coversNames(List<String> names, List<String> others) {
    return names.isEmpty()
        || (!others.isEmpty()
            && others.stream().allMatch(name -> names.stream().anyMatch(n -> covers(n, name))));
  }

  private static boolean covers(String pattern, String name) {
    return pattern.equals(name)
        || (pattern.startsWith(WILDCARD) && name.endsWith(pattern.substring(1)));
  }

  private boolean coversProtocols(RouteConfig other) {
    return alpn.isEmpty() || (!other.alpn.isEmpty() && alpn.containsAll(other.alpn));
  }

  private boolean coversClients(RouteConfig other) {
    return client.isEmpty()
        || (!other.client.isEmpty()
            && other.client.stream()
                .allMatch(network -> client.stream().anyMatch(c -> covers(c, network))));
  }

  private static boolean covers(Network larger, Network smaller) {
    return larger.prefix() <= smaller.prefix()
        && larger.contains(new AddressBits(smaller.ipv6(), smaller.high(), smaller.low()));
  }
}
