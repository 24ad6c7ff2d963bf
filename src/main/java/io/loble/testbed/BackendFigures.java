package io.loble.testbed;

import io.vertx.core.json.JsonObject;

/**
 * A backend as the balancer sees it at some moment. Counters run from the start of the balancer.
 *
 * @param state the label of its {@link io.loble.model.BackendState}
 * @param mode {@code ready}, {@code drain}, {@code maintenance} or {@code leaving}
 * @param active connections open now
 * @param total connections it was given
 * @param failures connections to it that failed
 * @param ejections how often it was ejected
 * @param circuitOpenings how often its circuit has opened
 */
public record BackendFigures(
    String name,
    String pool,
    String address,
    String state,
    String mode,
    int weight,
    long active,
    long total,
    long failures,
    long bytesToBackend,
    long bytesToClient,
    long ejections,
    long circuitOpenings) {

  static BackendFigures of(String pool, JsonObject backend) {
    return new BackendFigures(
        backend.getString("name"),
        pool,
        backend.getString("address"),
        backend.getString("state"),
        backend.getString("mode"),
        backend.getInteger("weight"),
        backend.getLong("active"),
        backend.getLong("total"),
        backend.getLong("failures"),
        backend.getLong("bytes_to_backend"),
        backend.getLong("bytes_to_client"),
        backend.getLong("ejections"),
        backend.getLong("circuit_openings"));
  }
}
