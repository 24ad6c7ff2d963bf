package io.loble.config;

import io.loble.model.AddressBits;
import io.loble.model.Network;
import java.util.List;

/**
 * Which clients of a listener go to a pool of their own: those for which every condition holds that
 * is not empty.
 *
 * @param sni names of servers in lower case, one of which the client asks for; {@code
 *     *.example.com} is every name below {@code example.com}, at any depth
 * @param alpn names of protocols, one of which the client offers
 * @param client networks, one of which the client's address lies in
 * @param pool the pool that serves them
 */
public record RouteConfig(List<String> sni, List<String> alpn, List<Network> client, String pool) {

  private static final String WILDCARD = "*.";

  public RouteConfig {
    sni = List.copyOf(sni);
    alpn = List.copyOf(alpn);
    client = List.copyOf(client);
  }

  /** Whether a client's ClientHello has to be known. */
  public boolean needsHello() {
    return !sni.isEmpty() || !alpn.isEmpty();
  }

  /** Whether no client takes the other route that would not take this one. */
  public boolean covers(RouteConfig other) {
    return coversNames(other) && coversProtocols(other) && coversClients(other);
  }

  private boolean coversNames(RouteConfig other) {
    return sni.isEmpty()
        || (!other.sni.isEmpty()
            && other.sni.stream().allMatch(name -> sni.stream().anyMatch(s -> covers(s, name))));
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
