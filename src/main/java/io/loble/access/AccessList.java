package io.loble.access;

import io.loble.model.AddressBits;
import io.loble.model.Network;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which clients are let in, by their networks. Of all networks allowed and denied, the smallest
 * that a client lies in decides. A client in none of them is let in, unless some are allowed.
 *
 * <p>Immutable; may be asked from any thread.
 */
public final class AccessList {

  /** Lets everyone in. */
  public static final AccessList EVERYONE = new AccessList(List.of(), List.of());

  private final NetworkTable<Boolean> table;
  private final boolean otherwise;

  /**
   * @throws IllegalArgumentException when the same network is allowed and denied; the message names
   *     it
   */
  public AccessList(Collection<Network> allow, Collection<Network> deny) {
    Map<Network, Boolean> all = new HashMap<>();
    allow.forEach(network -> all.put(network, true));
    for (Network network : deny) {
      if (Boolean.TRUE.equals(all.put(network, false))) {
        throw new IllegalArgumentException(network + " is in both allow and deny");
      }
    }
    this.table = NetworkTable.of(all);
    this.otherwise = allow.isEmpty();
  }

  /** Whether a client is let in. */
  public boolean permits(InetAddress client) {
    return permits(AddressBits.of(client));
  }

  /** Whether a client is let in. */
  public boolean permits(AddressBits client) {
    return table.find(client, otherwise);
  }

  /**
   * The network that decides about a client, to be shown to people; empty when the client is in
   * none.
   */
  public Optional<Network> deciding(InetAddress client) {
    return table.networkOf(client);
  }

  /** Whether there is nothing to ask: everyone is let in. */
  public boolean isEmpty() {
    return table.size() == 0;
  }
}
