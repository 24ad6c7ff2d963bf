package io.loble.config.keys;

import io.loble.config.AdminConfig;
import io.loble.config.ListenerConfig;
import io.loble.config.MetricsConfig;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import io.loble.model.Address;
import io.loble.model.HostPort;
import io.loble.model.UnixPath;
import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds addresses that cannot be listened on at the same time. */
final class ListenAddresses {

  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");

  private record Claim(Address address, Place place, boolean given, boolean v6only) {

    boolean conflictsWith(Claim other) {
      return address.mayClashWith(other.address)
          && (host().equals(other.host()) || isWildcard() || other.isWildcard())
          && !leavesRoomFor(other)
          && !other.leavesRoomFor(this);
    }

    /** Whether it takes IPv6 clients alone, and the other one IPv4 clients alone. */
    private boolean leavesRoomFor(Claim other) {
      return v6only && isAllOfIpv6() && other.isIpv4();
    }

    boolean wouldLeaveRoomFor(Claim other) {
      return isAllOfIpv6() && other.isIpv4();
    }

    private boolean isAllOfIpv6() {
      return host().equals("::");
    }

    private boolean isIpv4() {
      return NetUtil.isValidIpV4Address(host());
    }

    boolean isWildcard() {
      return WILDCARDS.contains(host());
    }

    /** Empty for a Unix socket. */
    private String host() {
      return address instanceof HostPort tcp ? tcp.host() : "";
    }

    String remedy() {
      return address instanceof UnixPath ? "; use another path" : "; use another port";
    }
  }

  private final List<Claim> claims = new ArrayList<>();

  /** Addresses of listeners. */
  void addListeners(List<Section.Entry<ListenerConfig>> listeners) {
    listeners.forEach(
        l ->
            add(
                new Claim(
                    l.record().address(),
                    l.values().place(LobleKeys.LISTENER_ADDRESS),
                    true,
                    l.record().socket().v6only())));
  }

  /** Addresses of the control interface and of metrics, which may be one and the same. */
  void addAdmin(Section.Entry<AdminConfig> admin, Section.Entry<MetricsConfig> metrics) {
    HostPort adminAddress = admin.record().address();
    if (!admin.values().unusable(AdminKeys.ADDRESS)) {
      boolean given = admin.values().given(AdminKeys.ADDRESS);
      add(new Claim(adminAddress, admin.values().place(AdminKeys.ADDRESS), given, false));
    }
    HostPort address = metrics.record().address();
    boolean usable = !metrics.values().unusable(ProcessKeys.METRICS_ADDRESS);
    if (usable && metrics.record().enabled() && !address.equals(adminAddress)) {
      add(new Claim(address, metrics.values().place(ProcessKeys.METRICS_ADDRESS), true, false));
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
  private void add(Claim claim) {
    claims.add(claim.given() ? claims.size() : 0, claim);
  }

  private static String reason(Claim later, Claim earlier) {
    String taken =
        earlier.given()
            ? earlier.place().seenFrom(later.place()) + " listens on " + earlier.address()
            : earlier.place().key() + " is " + earlier.address() + " by default";
    boolean families = later.wouldLeaveRoomFor(earlier) || earlier.wouldLeaveRoomFor(later);
    return later.address()
        + " conflicts with another address: "
        + taken
        + later.remedy()
        + (families ? ", or v6only = true for the listener on [::]" : "");
  }
}
