package io.loble.sim.client;

import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;

/**
 * How long things took, in milliseconds, to three significant digits.
 *
 * @param count how many were measured; the rest is 0 when none was
 * @param p999 what 99.9 of 100 did not exceed, and so on
 */
public record Latency(long count, double p50, double p90, double p99, double p999, double max) {

  static Latency of(Histogram micros) {
    return new Latency(
        micros.getTotalCount(),
        millis(micros, 50),
        millis(micros, 90),
        millis(micros, 99),
        millis(micros, 99.9),
        millis(micros, 100));
  }

  static Latency none() {
    return new Latency(0, 0, 0, 0, 0, 0);
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile) / 1000.0;
  }

  public JsonObject toJson() {
    return new JsonObject()
        .put("count", count)
        .put("p50", p50)
        .put("p90", p90)
        .put("p99", p99)
        .put("p999", p999)
        .put("max", max);
  }

  /** Reads what {@link #toJson()} has written. */
  public static Latency fromJson(JsonObject json) {
    return new Latency(
        json.getLong("count"),
        json.getDouble("p50"),
        json.getDouble("p90"),
        json.getDouble("p99"),
        json.getDouble("p999"),
        json.getDouble("max"));
  }
}
