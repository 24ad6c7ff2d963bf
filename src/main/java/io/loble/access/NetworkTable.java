package io.loble.access;

import io.loble.model.AddressBits;
import io.loble.model.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of networks, where the longest prefix of an address decides. A look-up reads a few
 * places of arrays, however many networks there are (see {@link PrefixTable}), and allocates
 * nothing that lasts. 100,000 networks take 20 to 50 bytes each, whatever their prefixes.
 *
 * <p>Immutable; may be asked from any thread.
 *
 * @param <V> a value; equal ones are kept once
 */
public final class NetworkTable<V> {

  private final PrefixTable ipv4;
  private final PrefixTable ipv6;
  private final List<V> values;
  private final int size;

  private NetworkTable(PrefixTable ipv4, PrefixTable ipv6, List<V> values, int size) {
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
    this.values = List.copyOf(values);
    this.size = size;
  }

  /** The table of networks and what is said of each. */
  public static <V> NetworkTable<V> of(Map<Network, ? extends V> networks) {
    List<V> values = new ArrayList<>();
    Map<V, Integer> indexes = new HashMap<>();
    List<PrefixTable.Entry> ipv4 = new ArrayList<>();
    List<PrefixTable.Entry> ipv6 = new ArrayList<>();
    networks.forEach(
        (network, value) -> {
          Integer index = indexes.putIfAbsent(value, values.size());
          if (index == null) {
            index = values.size();
            values.add(value);
          }
          (network.ipv6() ? ipv6 : ipv4).add(new PrefixTable.Entry(network, index));
        });
    return new NetworkTable<>(
        new PrefixTable(ipv4), new PrefixTable(ipv6), values, networks.size());
  }

  /** What is said of the smallest network in which an address lies, or something else. */
  public V find(InetAddress address, V otherwise) {
    return find(AddressBits.of(address), otherwise);
  }

  /** What is said of the smallest network in which an address lies, or something else. */
  public V find(AddressBits address, V otherwise) {
    int found = table(address).find(address.high(), address.low());
    return found == PrefixTable.NONE ? otherwise : values.get(found);
  }

  /** The smallest network in which an address lies. Is slower than {@link #find}. */
  public Optional<Network> networkOf(InetAddress address) {
    AddressBits bits = AddressBits.of(address);
    int prefix = table(bits).prefixOf(bits.high(), bits.low());
    return prefix == PrefixTable.NONE ? Optional.empty() : Optional.of(Network.of(bits, prefix));
  }

  private PrefixTable table(AddressBits address) {
    return address.ipv6() ? ipv6 : ipv4;
  }

  /** How many networks there are. */
  public int size() {
    return size;
  }

  /** How much memory the look-up's arrays take, in bytes. */
  public long bytes() {
    return ipv4.bytes() + ipv6.bytes();
  }
}
