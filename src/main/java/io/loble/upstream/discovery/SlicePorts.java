package io.loble.upstream.discovery;

import io.loble.upstream.discovery.EndpointSlice.Port;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which port of its slices a pool uses. Slices of one service may have other ports: those of pods
 * that give a port of the same name another number, or that do not have it.
 *
 * @param wanted a name or a number; empty for the only one that there is
 */
record SlicePorts(String wanted) {

  private static final Comparator<Port> ORDER =
      Comparator.comparing(Port::name).thenComparing(Port::number);

  /** The port of that slice's endpoints; empty if they do not have it. */
  Optional<Integer> of(EndpointSlice slice) {
    return slice.ports().stream().filter(this::isMeant).map(Port::number).findFirst();
  }

  private boolean isMeant(Port port) {
    return wanted.isEmpty()
        || port.name().equals(wanted)
        || String.valueOf(port.number()).equals(wanted);
  }

  /** Why none can be used of these slices, which have endpoints; empty if one can. */
  Optional<String> trouble(Collection<EndpointSlice> slices) {
    List<Port> all =
        slices.stream().flatMap(slice -> slice.ports().stream()).distinct().sorted(ORDER).toList();
    if (slices.isEmpty() || (wanted.isEmpty() && isOne(slices))) {
      return Optional.empty();
    }
    if (all.isEmpty()) {
      return Optional.of("the service has no TCP port");
    }
    String list = all.stream().map(Port::toString).collect(Collectors.joining(", "));
    if (wanted.isEmpty()) {
      return Optional.of("the service has several ports, and none is chosen: " + list);
    }
    return all.stream().anyMatch(this::isMeant)
        ? Optional.empty()
        : Optional.of("the service has no TCP port " + wanted + ", but: " + list);
  }

  /** By name: its number may differ. */
  private static boolean isOne(Collection<EndpointSlice> slices) {
    return slices.stream().noneMatch(slice -> slice.ports().size() > 1)
        && slices.stream()
                .flatMap(slice -> slice.ports().stream())
                .map(Port::name)
                .distinct()
                .count()
            == 1;
  }
}
