package io.loble.upstream.discovery;

import io.loble.config.DnsLookups;
import io.loble.model.HostPort;
import io.loble.net.Literals;
import io.loble.net.dns.DnsResolver;
import io.loble.upstream.discovery.Answer.NotFound;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** What the sources that ask name servers have in common. */
final class NameLookups {

  private NameLookups() {}

  /** Asks whom the settings say. */
  static DnsResolver resolver(Vertx vertx, DnsLookups lookups) {
    List<InetSocketAddress> servers =
        lookups.servers().stream().map(NameLookups::socketAddress).toList();
    return new DnsResolver(vertx, servers, lookups.timeout());
  }

  private static InetSocketAddress socketAddress(HostPort server) {
    InetAddress address = Literals.address(server.host());
    if (address == null) {
      throw new IllegalArgumentException("a name server is no IP address: " + server);
    }
    return new InetSocketAddress(address, server.port());
  }

  static RefreshTimes times(DnsLookups lookups) {
    return new RefreshTimes(lookups.minTtl(), lookups.maxTtl());
  }

  static NotFound notFound(String name) {
    return new NotFound("there is no name " + name);
  }
}
