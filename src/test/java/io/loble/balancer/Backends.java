package io.loble.balancer;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import io.loble.model.PoolStats;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Backends to choose among, clients to choose for, and ways to look at what was chosen. */
final class Backends {

  static final ClientKey ANYONE = client(0x7f000001);

  private Backends() {}

  static Backend backend(String name, int weight) {
    HostPort address = new HostPort("10.0.0.1", 80);
    return new Backend(name, address, weight, 0, BackendState.HEALTHY, new BackendStats());
  }

  /** Backends b0, b1 and so on of these weights. */
  static List<Backend> weighted(int... weights) {
    return IntStream.range(0, weights.length).mapToObj(i -> backend("b" + i, weights[i])).toList();
  }

  /** Gives a backend that many active connections. */
  static void occupy(Backend backend, int connections) {
    for (int i = 0; i < connections; i++) {
      backend.stats().admission().tryAcquire(0);
    }
  }

  static int active(Backend backend) {
    return backend.stats().admission().active();
  }

  /** A client with that IPv4 address. */
  static ClientKey client(int bits) {
    return address((byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits);
  }

  static ClientKey address(byte... bytes) {
    return ClientKey.of(bytes);
  }

  static RoundRobin roundRobin(List<Backend> backends, PoolStats stats) {
    return new RoundRobin(backends, Balancers.turns(backends, stats));
  }

  static LeastConnections leastConnections(List<Backend> backends, PoolStats stats) {
    return new LeastConnections(backends, Balancers.turns(backends, stats));
  }

  static String firstChoice(Balancer balancer, ClientKey client) {
    return balancer.candidates(client).next().name();
  }

  static List<String> allChoices(Balancer balancer, ClientKey client) {
    Iterator<Backend> candidates = balancer.candidates(client);
    return Stream.generate(() -> candidates)
        .takeWhile(Iterator::hasNext)
        .map(it -> it.next().name())
        .toList();
  }

  /** How often each backend was the first choice, over so many connections of one client. */
  static Map<String, Long> shares(Balancer balancer, int connections) {
    return count(Stream.generate(() -> firstChoice(balancer, ANYONE)).limit(connections));
  }

  static Map<String, Long> count(Stream<String> names) {
    return names.collect(groupingBy(Function.identity(), counting()));
  }
}
