package io.loble.sim.client;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What the clients of one kind have done. {@code started} is always the sum of {@code active},
 * {@code finished}, {@code stopped} and {@code failed}.
 *
 * @param stopped clients ended early because the simulator stopped; they did not fail
 * @param failures how many failed for which reason, zeros included
 * @param traffic what they have connected, sent and received
 * @param connect how long it took to connect
 * @param latency how long the answers took
 */
public record KindReport(
    long started,
    long finished,
    long stopped,
    Map<Outcome, Long> failures,
    Traffic traffic,
    Latency connect,
    Latency latency) {

  public KindReport {
    failures = Collections.unmodifiableMap(new EnumMap<>(failures));
  }

  static KindReport of(KindStats stats, Histogram connects, Histogram latencies) {
    // Ends are read first: a client that starts in between is counted as active, never as -1.
    Map<Outcome, Long> failures = new EnumMap<>(stats.endedByOutcome());
    long finished = take(failures, Outcome.FINISHED);
    long stopped = take(failures, Outcome.STOPPED);
    Traffic traffic =
        new Traffic(connects.getTotalCount(), stats.bytesSentTotal(), stats.bytesReceivedTotal());
    return new KindReport(
        stats.startedTotal(),
        finished,
        stopped,
        failures,
        traffic,
        Latency.of(connects),
        Latency.of(latencies));
  }

  /** Both together, but for the times, which do not add up: those are kept. */
  KindReport plus(KindReport other) {
    Map<Outcome, Long> sum = new EnumMap<>(failures);
    other.failures.forEach((outcome, count) -> sum.merge(outcome, count, Long::sum));
    return new KindReport(
        started + other.started,
        finished + other.finished,
        stopped + other.stopped,
        sum,
        traffic.plus(other.traffic),
        connect,
        latency);
  }

  /** No clients, with the times given. */
  static KindReport none(Latency connect, Latency latency) {
    Map<Outcome, Long> failures = new EnumMap<>(Outcome.class);
    Outcome.failures().forEach(outcome -> failures.put(outcome, 0L));
    return new KindReport(0, 0, 0, failures, Traffic.none(), connect, latency);
  }

  /** Clients that failed, for whatever reason. */
  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Clients that got an answer that was not the right one; each of them also counts as failed. */
  public long wrongAnswers() {
    return failures.getOrDefault(Outcome.WRONG_ANSWER, 0L);
  }

  /** Clients that have not ended. */
  public long active() {
    return started - finished - stopped - failed();
  }

  public JsonObject toJson() {
    JsonObject reasons = new JsonObject();
    failures.forEach((outcome, count) -> reasons.put(outcome.key(), count));
    JsonObject json =
        new JsonObject()
            .put("started", started)
            .put("active", active())
            .put("finished", finished)
            .put("stopped", stopped)
            .put("failed", failed())
            .put("wrong_answers", wrongAnswers())
            .put("failures", reasons);
    traffic.writeTo(json);
    return json.put("connect_ms", connect.toJson()).put("latency_ms", latency.toJson());
  }

  /** Reads what {@link #toJson()} has written. */
  public static KindReport fromJson(JsonObject json) {
    JsonObject reasons = json.getJsonObject("failures");
    Map<Outcome, Long> failures = new EnumMap<>(Outcome.class);
    Outcome.failures().forEach(outcome -> failures.put(outcome, reasons.getLong(outcome.key())));
    return new KindReport(
        json.getLong("started"),
        json.getLong("finished"),
        json.getLong("stopped"),
        failures,
        Traffic.readFrom(json),
        Latency.fromJson(json.getJsonObject("connect_ms")),
        Latency.fromJson(json.getJsonObject("latency_ms")));
  }

  private static long take(Map<Outcome, Long> counts, Outcome outcome) {
    Long count = counts.remove(outcome);
    return count == null ? 0 : count;
  }
}
