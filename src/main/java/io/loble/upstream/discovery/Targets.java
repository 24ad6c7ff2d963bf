package io.loble.upstream.discovery;

import io.loble.net.dns.DnsResolver;
import io.loble.net.dns.Reply.Failed;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hosts that the records of a service name, and their addresses. A host that cannot be looked
 * up keeps those that it had. Used on one context.
 */
final class Targets {

  /** So many are looked up at the same time, with two questions each. */
  private static final int AT_ONCE = 16;

  private final DnsResolver resolver;
  private final RefreshTimes times;
  private final int most;
  private final Map<String, FollowedName<InetAddress>> hosts = new HashMap<>();

  /**
   * @param most so many addresses are enough: when there are more, no further host is looked up
   */
  Targets(DnsResolver resolver, RefreshTimes times, int most) {
    this.resolver = resolver;
    this.times = times;
    this.most = most;
  }

  /** These are the hosts; forgets all others. */
  void set(Collection<String> names) {
    hosts.keySet().retainAll(names);
    for (String name : names) {
      hosts.computeIfAbsent(name, host -> new FollowedName<>(resolver.addressesOf(host), times));
    }
  }

  /** Looks those up that are due. */
  Future<Void> refresh() {
    Refresh refresh = new Refresh(List.copyOf(hosts.values()).iterator());
    refresh.goOn();
    return refresh.done.future();
  }

  private final class Refresh {

    private final Promise<Void> done = Promise.promise();
    private final Iterator<FollowedName<InetAddress>> left;
    private long addresses;
    private int underWay;
    private boolean beginning;

    Refresh(Iterator<FollowedName<InetAddress>> left) {
      this.left = left;
    }

    void goOn() {
      // A look-up may end while it begins: then it is the loop that goes on.
      if (beginning) {
        return;
      }
      beginning = true;
      while (underWay < AT_ONCE && hasNext()) {
        FollowedName<InetAddress> host = left.next();
        underWay++;
        host.refresh().onComplete(reply -> ended(host));
      }
      beginning = false;
      if (underWay == 0) {
        done.tryComplete();
      }
    }

    private boolean hasNext() {
      return left.hasNext() && addresses <= most;
    }

    private void ended(FollowedName<InetAddress> host) {
      underWay--;
      addresses += host.lastGood().size();
      goOn();
    }
  }

  /** The addresses of each host, those that it had before where it cannot be looked up. */
  Map<String, List<InetAddress>> addresses() {
    Map<String, List<InetAddress>> addresses = new HashMap<>();
    hosts.forEach(
        (name, host) ->
            addresses.put(name, host.lastGood().stream().filter(FoundAddress::isOfHost).toList()));
    return addresses;
  }

  /** Why nothing can be said: no host can be looked up, or no address is left and one cannot. */
  Optional<String> failure() {
    List<Failed<?>> failed = new ArrayList<>();
    boolean known = false;
    for (FollowedName<InetAddress> host : hosts.values()) {
      if (host.reply() instanceof Failed<InetAddress> failure) {
        failed.add(failure);
      }
      known |= !host.lastGood().isEmpty();
    }
    return known && failed.size() < hosts.size()
        ? Optional.empty()
        : failed.stream().map(Failed::why).min(String::compareTo);
  }

  /** When the first is to be looked up again; empty where there is none. */
  Optional<Duration> dueIn() {
    return hosts.values().stream().map(FollowedName::dueIn).min(Duration::compareTo);
  }
}
