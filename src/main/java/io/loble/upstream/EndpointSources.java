package io.loble.upstream;

import io.loble.config.DiscoverySource;
import io.loble.config.DnsLookups;
import io.loble.upstream.discovery.Answer;
import io.loble.upstream.discovery.DnsSource;
import io.loble.upstream.discovery.EndpointSource;
import io.loble.upstream.discovery.SrvSource;
import io.vertx.core.Vertx;

/** Makes the sources of backends, each in its class. */
record EndpointSources(Vertx vertx) implements PoolDiscovery.Factory {

  @Override
  public EndpointSource source(DiscoverySource which, DnsLookups lookups) {
    if (which instanceof DiscoverySource.Dns dns) {
      return new DnsSource(vertx, dns, lookups);
    }
    if (which instanceof DiscoverySource.Srv srv) {
      return new SrvSource(vertx, srv, lookups);
    }
    return new EndpointSource() {
      @Override
      public void start(Listener listener) {
        vertx.runOnContext(v -> listener.answered(new Answer.Failed("not there yet: " + which)));
      }

      @Override
      public void stop() {}
    };
  }
}
