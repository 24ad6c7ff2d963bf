package io.loble.testbed;

import io.vertx.core.json.JsonObject;

/**
 * A pool as the balancer sees it at some moment. Counters run from the start of the balancer.
 *
 * @param panic whether all backends are used, since too few are in rotation
 * @param waiting clients that wait for room now
 * @param queueTimeouts clients that waited for as long as they may, in vain
 * @param retries further attempts after connects that failed
 * @param retriesRefused further attempts that the retry budget did not allow
 */
public record PoolFigures(
    String name,
    boolean panic,
    long waiting,
    long queueTimeouts,
    long retries,
    long retriesRefused) {

  static PoolFigures of(JsonObject pool) {
    JsonObject queue = pool.getJsonObject("queue");
    JsonObject retries = pool.getJsonObject("retries");
    return new PoolFigures(
        pool.getString("name"),
        pool.getBoolean("panic"),
        queue.getLong("length"),
        queue.getLong("timeouts"),
        retries.getLong("made"),
        retries.getLong("refused"));
  }
}
