package io.loble.play;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who there is in a scenario, as its steps are read one after the other. */
final class Cast {

  private final List<String> servers;
  private final List<String> pools;
  private final long seed;
  private final Set<String> clients = new LinkedHashSet<>();
  private final Set<String> lasting = new HashSet<>();

  /**
   * @param pools their names
   */
  Cast(List<String> servers, Collection<String> pools, long seed) {
    this.servers = List.copyOf(servers);
    this.pools = pools.stream().map(Counts::pool).sorted().toList();
    this.seed = seed;
  }

  List<String> servers() {
    return servers;
  }

  /** The pools that there are from the start, as subjects. */
  List<String> pools() {
    return pools;
  }

  /** The clients that the steps so far have started. */
  List<String> clients() {
    return List.copyOf(clients);
  }

  /** A seed for what comes next. */
  long seed() {
    return seed;
  }

  /**
   * Remembers clients.
   *
   * @param ending whether they end without being told to
   * @return false when the name is taken
   */
  boolean addClients(String name, boolean ending) {
    if (!observables(name).isEmpty()) {
      return false;
    }
    clients.add(name);
    if (!ending) {
      lasting.add(name);
    }
    return true;
  }

  /** Whether there is an end to wait for. */
  boolean endsByItself(String name) {
    return !lasting.contains(name);
  }

  /** What can be looked at of that subject; nothing if there is none of that name. */
  Map<String, Value> observables(String subject) {
    if (subject.equals(Observable.BALANCER)) {
      return Observable.OF_BALANCER;
    }
    if (servers.contains(subject)) {
      return Observable.OF_SERVER;
    }
    if (pools.contains(subject)) {
      return Observable.OF_POOL;
    }
    return clients.contains(subject) ? Observable.OF_CLIENTS : Map.of();
  }
}
