package io.loble.config.keys;

import io.loble.config.AdminConfig;
import io.loble.config.ListenerConfig;
import io.loble.config.MetricsConfig;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import io.loble.model.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds addresses that cannot be listened on at the same time. */
final class ListenAddresses {

  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");

  private record Claim(HostPort address, Place place, boolean given) {

    boolean conflictsWith(Claim other) {
      return address.port() != 0
          && address.port() == other.address.port()
          && (address.host().equals(other.address.host()) || isWildcard() || other.isWildcard());
    }

    boolean isWildcard() {
      return WILDCARDS.contains(address.host());
    }
  }

  private final List<Claim> claims = new ArrayList<>();

  /** Addresses of listeners. */
  void addListeners(List<Section.Entry<ListenerConfig>> listeners) {
    listeners.forEach(
        l -> add(l.record().address(), l.values().place(LobleKeys.LISTENER_ADDRESS), true));
  }

  /** Addresses of the control interface and of metrics, which may be one and the same. */
  void addAdmin(Section.Entry<AdminConfig> admin, Section.Entry<MetricsConfig> metrics) {
    HostPort adminAddress = admin.record().address();
    if (!admin.values().unusable(AdminKeys.ADDRESS)) {
      boolean given = admin.values().given(AdminKeys.ADDRESS);
      add(adminAddress, admin.values().place(AdminKeys.ADDRESS), given);
    }
    HostPort address = metrics.record().address();
    boolean usable = !metrics.values().unusable(ProcessKeys.METRICS_ADDRESS);
    if (usable && metrics.record().enabled() && !address.equals(adminAddress)) {
      add(address, metrics.values().place(ProcessKeys.METRICS_ADDRESS), true);
    }
  }

  /** Reports each address that one before it stands in the way of. */
  void check(Problems problems) {
    for (int i = 1; i < claims.size(); i++) {
      Claim later = claims.get(i);
      claims.subList(0, i).stream()
          .filter(later::conflictsWith)
          .findFirst()
          .ifPresent(earlier -> problems.add(later.place(), reason(later, earlier)));
    }
  }

  /** Defaults go first, so that errors point at an address that was written. */
  private void add(HostPort address, Place place, boolean given) {
    claims.add(given ? claims.size() : 0, new Claim(address, place, given));
  }

  private static String reason(Claim later, Claim earlier) {
    String taken =
        earlier.given()
            ? earlier.place().seenFrom(later.place()) + " listens on " + earlier.address()
            : earlier.place().key() + " is " + earlier.address() + " by default";
    return later.address() + " conflicts with another address: " + taken + "; use another port";
  }
}
