package io.loble.sim.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a client simulator has done up to some moment. Immutable.
 *
 * @param seed with which the run can be repeated
 * @param elapsedMillis from the start to that moment, or to the end of the run
 * @param heldBack clients that were due and not started because as many as allowed were active
 * @param kinds one entry a kind
 * @param total all kinds together
 * @param examples of wrong answers, the first few
 */
public record ClientReport(
    long seed,
    long elapsedMillis,
    long heldBack,
    Map<ClientKind, KindReport> kinds,
    KindReport total,
    List<WrongAnswer> examples) {

  public ClientReport {
    kinds = Collections.unmodifiableMap(new EnumMap<>(kinds));
    examples = List.copyOf(examples);
  }

  /** The report of one kind. */
  public KindReport of(ClientKind kind) {
    return kinds.getOrDefault(kind, KindReport.none(Latency.none(), Latency.none()));
  }

  /** How long the answers to all kinds took. */
  public Latency latency() {
    return total.latency();
  }

  /** How many answers were wrong; 0 is what a simulation is run to see. */
  public long wrongAnswers() {
    return total.wrongAnswers();
  }

  public JsonObject toJson() {
    JsonObject byKind = new JsonObject();
    kinds.forEach((kind, report) -> byKind.put(kind.key(), report.toJson()));
    return new JsonObject()
        .put("seed", seed)
        .put("elapsed_ms", elapsedMillis)
        .put("held_back", heldBack)
        .put("kinds", byKind)
        .put("total", total.toJson())
        .put("examples", new JsonArray(examples.stream().map(WrongAnswer::toJson).toList()));
  }

  /** Reads what {@link #toJson()} has written. */
  public static ClientReport fromJson(JsonObject json) {
    Map<ClientKind, KindReport> kinds = new EnumMap<>(ClientKind.class);
    for (ClientKind kind : ClientKind.values()) {
      kinds.put(kind, KindReport.fromJson(json.getJsonObject("kinds").getJsonObject(kind.key())));
    }
    return new ClientReport(
        json.getLong("seed"),
        json.getLong("elapsed_ms"),
        json.getLong("held_back"),
        kinds,
        KindReport.fromJson(json.getJsonObject("total")),
        json.getJsonArray("examples").stream()
            .map(example -> WrongAnswer.fromJson((JsonObject) example))
            .toList());
  }

  /** The report as a table for people, each line ended. */
  public String toTable() {
    return ReportTable.of(this);
  }
}
