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
 * The addresses that lie in any of several networks, as a {@link NetworkTable}. Immutable; may be
 * asked from any thread.
 */
public final class NetworkSet {

  /** No address. */
  public static final NetworkSet EMPTY = of(List.of());

  private final NetworkTable<Boolean> table;

  private NetworkSet(NetworkTable<Boolean> table) {
    this.table = table;
  }

  /** The addresses of these networks; the same network may be given several times. */
  public static NetworkSet of(Collection<Network> networks) {
    Map<Network, Boolean> all = new HashMap<>();
    networks.forEach(network -> all.put(network, true));
    return new NetworkSet(NetworkTable.of(all));
  }

  /** Whether an address lies in one of the networks. */
  public boolean contains(InetAddress address) {
    return contains(AddressBits.of(address));
  }

  /** Whether an address lies in one of the networks. */
  public boolean contains(AddressBits address) {
    return table.find(address, false);
  }

  /** The smallest of the networks in which an address lies. Is slower than {@link #contains}. */
  public Optional<Network> networkOf(InetAddress address) {
    return table.networkOf(address);
  }

  public boolean isEmpty() {
    return table.size() == 0;
  }

  /** How many different networks there are. */
  public int size() {
    return table.size();
  }
}
