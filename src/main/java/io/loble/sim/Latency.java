package io.loble.sim;

import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;

/**
 * How long answers took, in milliseconds from the last byte of the request to the last byte of the
 * answer, to three significant digits.
 *
 * @param count how many answers; the rest is 0 when there were none
 */
public record Latency(long count, double p50, double p90, double p99, double max) {

  static Latency of(Histogram micros) {
    return new Latency(
        micros.getTotalCount(),
        millis(micros, 50),
        millis(micros, 90),
        millis(micros, 99),
        millis(micros, 100));
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
        .put("max", max);
  }

  /** Reads what {@link #toJson()} has written. */
  public static Latency fromJson(JsonObject json) {
    return new Latency(
        json.getLong("count"),
        json.getDouble("p50"),
        json.getDouble("p90"),
        json.getDouble("p99"),
        json.getDouble("max"));
  }
}
