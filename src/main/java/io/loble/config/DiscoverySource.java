package io.loble.config;

import io.loble.model.HostPort;
import io.loble.model.Source;
import java.nio.file.Path;

/** One place where a pool finds backends. */
public sealed interface DiscoverySource {

  /** Which kind of place it is. A pool has at most one of each. */
  Source kind();

  /** What is looked up there, for logs and the status. */
  String what();

  /**
   * Every address of a name is a backend, at that port.
   *
   * @param name a host name, never an IP address
   */
  record Dns(HostPort name) implements DiscoverySource {

    @Override
    public Source kind() {
      return Source.DNS;
    }

    @Override
    public String what() {
      return name.toString();
    }
  }

  /**
   * Every address of every target is a backend, with the port, weight and priority of its record.
   *
   * @param name such as {@code _pg._tcp.db.internal}
   */
  record Srv(String name) implements DiscoverySource {

    @Override
    public Source kind() {
      return Source.SRV;
    }

    @Override
    public String what() {
      return name;
    }
  }

  /**
   * The endpoints of a service of Kubernetes are backends.
   *
   * @param namespace empty for the one that this process runs in
   * @param port the name or the number of the service's port in its EndpointSlices; empty where
   *     they have one only
   * @param preferZone whether endpoints of other zones are used only as far as those of this one do
   *     not suffice
   * @param zone that this process is in; empty to ask its node
   * @param server the URL of the API server; empty for the cluster that this process runs in, or
   *     the one that the user's kubeconfig names
   */
  record Kubernetes(
      String namespace, String service, String port, boolean preferZone, String zone, String server)
      implements DiscoverySource {

    @Override
    public Source kind() {
      return Source.KUBERNETES;
    }

    @Override
    public String what() {
      String name = namespace.isEmpty() ? service : namespace + "/" + service;
      return port.isEmpty() ? name : name + ":" + port;
    }
  }

  /** The targets in a file are backends: a list of Loble's own form, or Prometheus file_sd's. */
  record Targets(Path file) implements DiscoverySource {

    @Override
    public Source kind() {
      return Source.FILE;
    }

    @Override
    public String what() {
      return file.toString();
    }
  }
}
