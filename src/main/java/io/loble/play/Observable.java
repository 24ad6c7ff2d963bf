package io.loble.play;

import io.loble.sim.ClientReport;
import io.loble.sim.KindReport;
import io.loble.sim.Latency;
import io.loble.sim.Outcome;
import io.loble.testbed.BackendFigures;
import io.loble.testbed.BalancerFigures;
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
  static final Map<String, Function<Sight, Object>> OF_BALANCER =
      sorted(
          Map.of(
              "accepted", sight -> all(sight, BalancerFigures::accepted),
              "rejected", sight -> all(sight, BalancerFigures::rejected),
              "active", sight -> sight.now().balancer().active(),
              "spread", Observable::spread));

  /** Of a server: as a backend, and as it sees itself. */
  static final Map<String, Function<Sight, Object>> OF_SERVER =
      sorted(
          Map.of(
              "state", sight -> word(sight, BackendFigures::state),
              "mode", sight -> word(sight, BackendFigures::mode),
              "active", sight -> sight.backend().map(BackendFigures::active).orElse(0L),
              "connections", sight -> sight.grown(BackendFigures::total),
              "failures", sight -> sight.grown(BackendFigures::failures),
              "share", Observable::share,
              "accepted", sight -> sight.own("accepted"),
              "held", sight -> sight.own("active"),
              "dropped", sight -> sight.own("dropped"),
              "requests", Sight::ownRequests));

  /** Of a run of clients. */
  static final Map<String, Function<Sight, Object>> OF_CLIENTS = clients();

  private Observable() {}

  private static Map<String, Function<Sight, Object>> clients() {
    Map<String, Function<Sight, Object>> all = new TreeMap<>();
    all.put("started", grown(KindReport::started));
    all.put("finished", grown(KindReport::finished));
    all.put("failed", grown(KindReport::failed));
    for (Outcome failure : Outcome.failures()) {
      all.put("failed_" + failure.key(), grown(kind -> kind.failures().getOrDefault(failure, 0L)));
    }
    all.put("active", sight -> sight.clients().map(c -> c.total().active()).orElse(0L));
    all.put("wrong_answers", sight -> sight.clients().map(ClientReport::wrongAnswers).orElse(0L));
    all.put("answers", grown(kind -> kind.latency().count()));
    all.put("p50_ms", latency(Latency::p50));
    all.put("p90_ms", latency(Latency::p90));
    all.put("p99_ms", latency(Latency::p99));
    all.put("max_ms", latency(Latency::max));
    return all;
  }

  private static Function<Sight, Object> grown(ToLongFunction<KindReport> counter) {
    return sight -> sight.clientsGrown(counter);
  }

  private static Function<Sight, Object> latency(ToDoubleFunction<Latency> figure) {
    return sight ->
        sight.clients().map(ClientReport::latency).map(figure::applyAsDouble).orElse(0.0);
  }

  private static long all(Sight sight, ToLongFunction<BalancerFigures> counter) {
    return counter.applyAsLong(sight.now().balancer())
        - counter.applyAsLong(sight.before().balancer());
  }

  /** By how many connections the backend with the most is ahead of the one with the fewest. */
  private static long spread(Sight sight) {
    LongSummaryStatistics given =
        sight.now().balancer().backends().stream()
            .mapToLong(backend -> sight.grown(backend.name(), BackendFigures::total))
            .summaryStatistics();
    return given.getCount() == 0 ? 0 : given.getMax() - given.getMin();
  }

  /** How many of 100 connections of its pool it was given. */
  private static double share(Sight sight) {
    String pool = sight.backend().map(BackendFigures::pool).orElse("");
    long all =
        sight.now().balancer().backends().stream()
            .filter(backend -> backend.pool().equals(pool))
            .mapToLong(backend -> sight.grown(backend.name(), BackendFigures::total))
            .sum();
    return all == 0 ? 0 : 100.0 * sight.grown(BackendFigures::total) / all;
  }

  private static String word(Sight sight, Function<BackendFigures, String> word) {
    return sight.backend().map(word).orElse("absent");
  }

  private static Map<String, Function<Sight, Object>> sorted(
      Map<String, Function<Sight, Object>> observables) {
    return new TreeMap<>(observables);
  }
}
