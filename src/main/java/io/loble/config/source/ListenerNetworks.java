package io.loble.config.source;

import io.loble.model.Network;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The networks that a listener lets in and those that it does not, of its own lists and of its
 * files together.
 */
public record ListenerNetworks(List<Network> allow, List<Network> deny) {

  public ListenerNetworks {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  static List<Network> together(List<Network> listed, List<Network> inFile) {
    Set<Network> all = new LinkedHashSet<>(listed);
    all.addAll(inFile);
    return List.copyOf(all);
  }

  /** One that is both let in and not; there must be none. */
  Optional<Network> inBoth() {
    Set<Network> allowed = new HashSet<>(allow);
    return deny.stream().filter(allowed::contains).findFirst();
  }

  static String contradiction(Network both) {
    return both + " is allowed and denied; keep it in one of the lists";
  }
}
