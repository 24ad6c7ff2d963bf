package io.loble.upstream.discovery;

import io.loble.config.DiscoverySource.Srv;
import io.loble.config.DnsLookups;
import io.loble.net.dns.DnsResolver;
import io.loble.net.dns.Reply;
import io.loble.net.dns.Reply.Failed;
import io.loble.net.dns.Reply.Found;
import io.loble.net.dns.Reply.Nothing;
import io.loble.net.dns.Service;
import io.loble.upstream.discovery.Answer.Backends;
import io.loble.upstream.discovery.Rounds.Round;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every address of every target of a service is a backend. */
public final class SrvSource implements EndpointSource {

  /** More than this are taken for a mistake: a pool of them would cost more than it is worth. */
  static final int MOST_BACKENDS = 10_000;

  private final Vertx vertx;
  private final String name;
  private final DnsLookups lookups;
  private final RefreshTimes times;
  private @Nullable DnsResolver resolver;
  private @Nullable Rounds rounds;

  public SrvSource(Vertx vertx, Srv source, DnsLookups lookups) {
    this.vertx = vertx;
    this.name = source.name();
    this.lookups = lookups;
    this.times = NameLookups.times(lookups);
  }

  @Override
  public void start(Listener listener) {
    DnsResolver asked = NameLookups.resolver(vertx, lookups);
    FollowedName<Service> services = new FollowedName<>(asked.servicesOf(name), times);
    Targets targets = new Targets(asked, times, MOST_BACKENDS);
    Rounds begun = new Rounds(vertx, () -> round(services, targets), listener);
    resolver = asked;
    rounds = begun;
    begun.next();
  }

  private Future<Round> round(FollowedName<Service> services, Targets targets) {
    return services
        .refresh()
        .compose(reply -> answer(reply, targets))
        .map(answer -> new Round(answer, wait(services, targets)));
  }

  /** Until something is due; but what is due one after the other is looked up together. */
  private Duration wait(FollowedName<Service> services, Targets targets) {
    Optional<Duration> due = services.reply() instanceof Found ? targets.dueIn() : Optional.empty();
    Duration first =
        Stream.concat(due.stream(), Stream.of(services.dueIn()))
            .min(Duration::compareTo)
            .orElseThrow();
    return times.afterAnswer(first);
  }

  private Future<Answer> answer(Reply<Service> reply, Targets targets) {
    if (reply instanceof Found<Service> found) {
      List<Service> usable = found.values().stream().filter(Service::isUsable).toList();
      targets.set(names(usable));
      return targets.refresh().map(refreshed -> answer(usable, targets));
    }
    if (reply instanceof Failed<Service> failed) {
      return Future.succeededFuture(new Answer.Failed(failed.why()));
    }
    targets.set(Set.of());
    return Future.succeededFuture(
        reply instanceof Nothing ? new Backends(List.of()) : NameLookups.notFound(name));
  }

  private static Set<String> names(List<Service> services) {
    return services.stream()
        .map(Service::target)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Answer answer(List<Service> services, Targets targets) {
    Map<String, List<InetAddress>> addresses = targets.addresses();
    if (SrvBackends.count(services, addresses) > MOST_BACKENDS) {
      return new Answer.Failed("it has more than " + MOST_BACKENDS + " addresses");
    }
    return targets
        .failure()
        .<Answer>map(Answer.Failed::new)
        .orElseGet(() -> new Backends(SrvBackends.of(services, addresses)));
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
