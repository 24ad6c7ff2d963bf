package io.loble.play;

import io.loble.model.Rejection;
import io.loble.sim.client.ClientReport;
import io.loble.sim.client.KindReport;
import io.loble.sim.client.Latency;
import io.loble.sim.client.Outcome;
import io.loble.testbed.BackendFigures;
import io.loble.testbed.PoolFigures;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What a scenario can look at, by the names that its file uses. Values are words or numbers. */
final class Observable {

  /** The subject that stands for the balancer as a whole. */
  static final String BALANCER = "balancer";

  /** Of {@value #BALANCER}. */
  static final Map<String, Value> OF_BALANCER = balancer();

  /** Of a pool. */
  static final Map<String, Value> OF_POOL = pool();

  /** Of a server: as a backend, and as it sees itself. */
  static final Map<String, Value> OF_SERVER = server();

  /** Of a run of clients. */
  static final Map<String, Value> OF_CLIENTS = clients();

  private Observable() {}

  private static Map<String, Value> balancer() {
    Map<String, Value> all = new TreeMap<>();
    all.put("accepted", counter(Tally.ACCEPTED));
    all.put("rejected", counter(Tally.REJECTED));
    for (Rejection reason : Rejection.values()) {
      String name = Tally.rejected(reason.label());
      all.put(name, counter(name));
    }
    all.put("active", Value.now(sight -> sight.now().balancer().active()));
    all.put("spread", Value.sinceMark(Observable::spread));
    return all;
  }

  private static Map<String, Value> pool() {
    Map<String, Value> all = new TreeMap<>();
    for (String name :
        List.of(
            Tally.CONNECTIONS,
            Tally.FAILURES,
            Tally.RETRIES,
            Tally.RETRIES_REFUSED,
            Tally.QUEUE_TIMEOUTS)) {
      all.put(name, counter(name));
    }
    all.put("waiting", Value.now(sight -> sight.pool().map(PoolFigures::waiting).orElse(0L)));
    all.put("panic", Value.now(sight -> word(sight.pool().map(PoolFigures::panic))));
    return all;
  }

  private static Map<String, Value> server() {
    Map<String, Value> all = new TreeMap<>();
    for (String name :
        List.of(Tally.CONNECTIONS, Tally.FAILURES, Tally.EJECTIONS, Tally.CIRCUIT_OPENINGS)) {
      all.put(name, counter(name));
    }
    all.put("share", Value.sinceMark(Observable::share));
    all.put("state", Value.now(sight -> word(sight.backend().map(BackendFigures::state))));
    all.put("mode", Value.now(sight -> word(sight.backend().map(BackendFigures::mode))));
    all.put("active", Value.now(sight -> sight.backend().map(BackendFigures::active).orElse(0L)));
    all.put("accepted", Value.now(sight -> sight.own("accepted")));
    all.put("held", Value.now(sight -> sight.own("active")));
    all.put("dropped", Value.now(sight -> sight.own("dropped")));
    all.put("requests", Value.now(Sight::ownRequests));
    return all;
  }

  private static Map<String, Value> clients() {
    Map<String, Value> all = new TreeMap<>();
    all.put("started", grown(KindReport::started));
    all.put("finished", grown(KindReport::finished));
    all.put("failed", grown(KindReport::failed));
    for (Outcome failure : Outcome.failures()) {
      all.put("failed_" + failure.key(), grown(kind -> kind.failures().getOrDefault(failure, 0L)));
    }
    all.put("active", ofClients(report -> report.total().active()));
    all.put("wrong_answers", ofClients(ClientReport::wrongAnswers));
    all.put("answers", grown(kind -> kind.latency().count()));
    all.put("p50_ms", latency(Latency::p50));
    all.put("p90_ms", latency(Latency::p90));
    all.put("p99_ms", latency(Latency::p99));
    all.put("max_ms", latency(Latency::max));
    return all;
  }

  private static Value counter(String name) {
    return Value.sinceMark(sight -> sight.grown(name));
  }

  private static Value grown(ToLongFunction<KindReport> counter) {
    return Value.sinceMark(sight -> sight.clientsGrown(counter));
  }

  private static Value ofClients(ToLongFunction<ClientReport> figure) {
    return Value.now(sight -> sight.clients().map(figure::applyAsLong).orElse(0L));
  }

  private static Value latency(ToDoubleFunction<Latency> figure) {
    return Value.now(
        sight -> sight.clients().map(ClientReport::latency).map(figure::applyAsDouble).orElse(0.0));
  }

  /** By how many connections the backend with the most is ahead of the one with the fewest. */
  private static long spread(Sight sight) {
    LongSummaryStatistics given =
        sight.now().balancer().backends().stream()
            .mapToLong(backend -> sight.grown(backend.name(), Tally.CONNECTIONS))
            .summaryStatistics();
    return given.getCount() == 0 ? 0 : given.getMax() - given.getMin();
  }

  /** How many of 100 connections of its pool it was given. */
  private static double share(Sight sight) {
    String pool = sight.backend().map(BackendFigures::pool).orElse("");
    long all =
        sight.now().balancer().backends().stream()
            .filter(backend -> backend.pool().equals(pool))
            .mapToLong(backend -> sight.grown(backend.name(), Tally.CONNECTIONS))
            .sum();
    return all == 0 ? 0 : 100.0 * sight.grown(Tally.CONNECTIONS) / all;
  }

  private static String word(Optional<?> seen) {
    return seen.map(Object::toString).orElse("absent");
  }
}
