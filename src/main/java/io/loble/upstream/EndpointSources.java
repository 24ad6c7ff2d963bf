package io.loble.upstream;

import io.loble.config.DiscoverySource;
import io.loble.config.DnsLookups;
import io.loble.upstream.discovery.DnsSource;
import io.loble.upstream.discovery.EndpointSource;
import io.loble.upstream.discovery.FileSource;
import io.loble.upstream.discovery.KubernetesSource;
import io.loble.upstream.discovery.SrvSource;
import io.vertx.core.Vertx;
import java.util.random.RandomGenerator;

/**
 * Makes the sources of backends, each in its class.
 *
 * @param random what pauses are drawn from
 */
record EndpointSources(Vertx vertx, RandomGenerator random) implements PoolDiscovery.Factory {

  @Override
  public EndpointSource source(DiscoverySource which, DnsLookups lookups) {
    if (which instanceof DiscoverySource.Dns dns) {
      return new DnsSource(vertx, dns, lookups);
    }
    if (which instanceof DiscoverySource.Srv srv) {
      return new SrvSource(vertx, srv, lookups);
    }
    if (which instanceof DiscoverySource.Kubernetes kubernetes) {
      return new KubernetesSource(vertx, kubernetes, System.getenv(), random);
    }
    return new FileSource(vertx, ((DiscoverySource.Targets) which).file());
  }
}
