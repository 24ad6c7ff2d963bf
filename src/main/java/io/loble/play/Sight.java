package io.loble.play;

import io.loble.sim.client.ClientReport;
import io.loble.sim.client.KindReport;
import io.loble.testbed.BackendFigures;
import io.loble.testbed.PoolFigures;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What is looked at: the figures now, and those of the moment from which on is counted.
 *
 * @param subject the server, the pool or the run of clients that is meant
 */
record Sight(String subject, Picture before, Picture now) {

  Optional<BackendFigures> backend() {
    return now.balancer().find(subject);
  }

  /** The subject as a pool of the balancer's. */
  Optional<PoolFigures> pool() {
    return now.balancer().pools().stream()
        .filter(pool -> Counts.pool(pool.name()).equals(subject))
        .findFirst();
  }

  /** How much a counter of the balancer has grown, or of it as a backend or pool. */
  long grown(String counter) {
    return grown(subject, counter);
  }

  long grown(String of, String counter) {
    return now.counts().of(of, counter) - before.counts().of(of, counter);
  }

  /** A counter of the server itself, as {@code GET /stats} has it; 0 while it does not run. */
  long own(String counter) {
    JsonObject stats = now.servers().get(subject);
    return stats == null ? 0 : stats.getLong(counter, 0L);
  }

  /** All requests that the server has counted. */
  long ownRequests() {
    JsonObject stats = now.servers().get(subject);
    JsonObject requests = stats == null ? null : stats.getJsonObject("requests");
    return requests == null
        ? 0
        : requests.getMap().values().stream().mapToLong(n -> ((Number) n).longValue()).sum();
  }

  /** What the clients have done until now; nothing if they were not started yet. */
  Optional<ClientReport> clients() {
    return Optional.ofNullable(now.clients().get(subject));
  }

  /** How much a counter of the clients has grown. */
  long clientsGrown(ToLongFunction<KindReport> counter) {
    return count(now, counter) - count(before, counter);
  }

  private long count(Picture picture, ToLongFunction<KindReport> counter) {
    ClientReport report = picture.clients().get(subject);
    return report == null ? 0 : counter.applyAsLong(report.total());
  }
}
