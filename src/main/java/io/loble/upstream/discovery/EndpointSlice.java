package io.loble.upstream.discovery;

import io.loble.model.BackendMode;
import java.util.List;
import java.util.Optional;

/**
 * A part of the endpoints of a service of Kubernetes, as far as it matters to a pool.
 *
 * @param name unique in its namespace
 * @param ports on which each of its endpoints listens
 */
record EndpointSlice(String name, Family family, List<Port> ports, List<Endpoint> endpoints) {

  EndpointSlice {
    ports = List.copyOf(ports);
    endpoints = List.copyOf(endpoints);
  }

  /** What the addresses of a slice are. */
  enum Family {
    IPV4,
    IPV6,
    /** Host names, or something that is not known here. */
    OTHER
  }

  /**
   * A TCP port.
   *
   * @param name empty for that of a service with one port
   */
  record Port(String name, int number) {

    @Override
    public String toString() {
      return name.isEmpty() ? String.valueOf(number) : name + " (" + number + ")";
    }
  }

  /**
   * One address of a pod, or of something else.
   *
   * @param pod empty if it is not said
   * @param ready whether it takes new connections
   * @param serving whether it would, if it did not end
   * @param terminating whether it ends
   * @param zone empty if it is not said
   * @param forZones the zones whose clients should use it; empty if that is not said
   */
  record Endpoint(
      String address,
      String pod,
      boolean ready,
      boolean serving,
      boolean terminating,
      String zone,
      List<String> forZones) {

    Endpoint {
      forZones = List.copyOf(forZones);
    }

    /** What is wanted of it as a backend; empty if it is to be none. */
    Optional<BackendMode> mode() {
      if (terminating) {
        return serving ? Optional.of(BackendMode.DRAIN) : Optional.empty();
      }
      return ready ? Optional.of(BackendMode.READY) : Optional.empty();
    }

    /** Whether clients in that zone should prefer it. */
    boolean isFor(String client) {
      return forZones.isEmpty() ? zone.equals(client) : forZones.contains(client);
    }
  }
}
