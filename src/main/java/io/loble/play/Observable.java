package io.loble.play;

import io.loble.sim.client.ClientReport;
import io.loble.sim.client.KindReport;
import io.loble.sim.client.Latency;
import io.loble.sim.client.Outcome;
import io.loble.testbed.BackendFigures;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What a scenario can look at, by the names that its file uses. Values are words or numbers. */
final class Observable {

  /** The subject that stands for the balancer as a whole. */
  static final String BALANCER = "balancer";

  /** Of {@value #BALANCER}. */
  static final Map<String, Value> OF_BALANCER =
      sorted(
          Map.of(
              "accepted", Value.sinceMark(sight -> sight.grown(Tally.ACCEPTED)),
              "rejected", Value.sinceMark(sight -> sight.grown(Tally.REJECTED)),
              "active", Value.now(sight -> sight.now().balancer().active()),
              "spread", Value.sinceMark(Observable::spread)));

  /** Of a server: as a backend, and as it sees itself. */
  static final Map<String, Value> OF_SERVER =
      sorted(
          Map.of(
              "state", Value.now(sight -> word(sight, BackendFigures::state)),
              "mode", Value.now(sight -> word(sight, BackendFigures::mode)),
              "active", Value.now(sight -> sight.backend().map(BackendFigures::active).orElse(0L)),
              "connections", Value.sinceMark(sight -> sight.grown(Tally.CONNECTIONS)),
              "failures", Value.sinceMark(sight -> sight.grown(Tally.FAILURES)),
              "share", Value.sinceMark(Observable::share),
              "accepted", Value.now(sight -> sight.own("accepted")),
              "held", Value.now(sight -> sight.own("active")),
              "dropped", Value.now(sight -> sight.own("dropped")),
              "requests", Value.now(Sight::ownRequests)));

  /** Of a run of clients. */
  static final Map<String, Value> OF_CLIENTS = clients();

  private Observable() {}

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

  private static String word(Sight sight, Function<BackendFigures, String> word) {
    return sight.backend().map(word).orElse("absent");
  }

  private static Map<String, Value> sorted(Map<String, Value> observables) {
    return new TreeMap<>(observables);
  }
}
