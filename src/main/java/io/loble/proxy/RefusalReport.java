package io.loble.proxy;

import io.loble.access.TopNetworks.Count;
import io.loble.model.Rejection;
import io.loble.upstream.Events;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says, in the log and as an event, whom a listener has refused within a minute. */
final class RefusalReport {

  private static final Logger log = LoggerFactory.getLogger("loble");
  private static final int MOST_IN_WORDS = 3;

  private RefusalReport() {}

  static void publish(Vertx vertx, String listener, Refusals.Summary summary) {
    String text = text(summary);
    log.warn("listener {}: {}", listener, text);
    JsonObject reasons = new JsonObject();
    summary.reasons().forEach((reason, count) -> reasons.put(reason.label(), count));
    new Events(vertx)
        .publish(
            new Events.Event(
                "clients.refused", "listener", "listener " + listener, null, summary.total()),
            new JsonObject()
                .put("listener", listener)
                .put("detail", text)
                .put("refused", reasons)
                .put("networks", networks(summary.networks())));
  }

  /** As the status and events have them. */
  static JsonArray networks(List<Count> networks) {
    JsonArray json = new JsonArray();
    networks.forEach(
        count ->
            json.add(
                new JsonObject()
                    .put("network", count.network().toString())
                    .put("refused", count.count())));
    return json;
  }

  private static String text(Refusals.Summary summary) {
    String networks =
        summary.networks().stream()
            .limit(MOST_IN_WORDS)
            .map(count -> count.network() + " (" + count.count() + ")")
            .collect(Collectors.joining(", "));
    return "%d clients refused within a minute: %s%s"
        .formatted(
            summary.total(),
            summary.reasons().entrySet().stream()
                .map(RefusalReport::text)
                .collect(Collectors.joining(", ")),
            networks.isEmpty() ? "" : "; most from " + networks);
  }

  private static String text(Map.Entry<Rejection, Long> reason) {
    return reason.getValue() + " " + reason.getKey().label();
  }
}
