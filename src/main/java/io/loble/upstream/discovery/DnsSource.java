package io.loble.upstream.discovery;

import io.loble.config.DiscoverySource.Dns;
import io.loble.config.DnsLookups;
import io.loble.model.HostPort;
import io.loble.net.dns.DnsResolver;
import io.loble.net.dns.Reply;
import io.loble.net.dns.Reply.Failed;
import io.loble.net.dns.Reply.Found;
import io.loble.net.dns.Reply.Nothing;
import io.loble.upstream.discovery.Answer.Backends;
import io.loble.upstream.discovery.Rounds.Round;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every address of a name is a backend. */
public final class DnsSource implements EndpointSource {

  private final Vertx vertx;
  private final HostPort name;
  private final DnsLookups lookups;
  private @Nullable DnsResolver resolver;
  private @Nullable Rounds rounds;

  public DnsSource(Vertx vertx, Dns source, DnsLookups lookups) {
    this.vertx = vertx;
    this.name = source.name();
    this.lookups = lookups;
  }

  @Override
  public void start(Listener listener) {
    DnsResolver asked = NameLookups.resolver(vertx, lookups);
    FollowedName<InetAddress> followed =
        new FollowedName<>(asked.addressesOf(name.host()), NameLookups.times(lookups));
    Rounds begun = new Rounds(vertx, () -> round(followed), listener);
    resolver = asked;
    rounds = begun;
    begun.next();
  }

  private Future<Round> round(FollowedName<InetAddress> followed) {
    return followed.refresh().map(reply -> new Round(answer(reply), followed.dueIn()));
  }

  private Answer answer(Reply<InetAddress> reply) {
    if (reply instanceof Found<InetAddress> found) {
      return backends(found.values());
    }
    if (reply instanceof Nothing) {
      return new Backends(List.of());
    }
    return reply instanceof Failed<InetAddress> failed
        ? new Answer.Failed(failed.why())
        : NameLookups.notFound(name.host());
  }

  private Backends backends(List<InetAddress> addresses) {
    return new Backends(
        addresses.stream()
            .filter(FoundAddress::isOfHost)
            .map(address -> FoundAddress.of(address, name.port()))
            .distinct()
            .sorted()
            .map(found -> found.backend(1, 0))
            .toList());
  }

  @Override
  public void stop() {
    if (rounds != null) {
      rounds.stop();
    }
    if (resolver != null) {
      resolver.close();
    }
  }
}
