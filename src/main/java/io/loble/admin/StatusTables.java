package io.loble.admin;

import io.loble.model.BackendState;
import io.loble.model.Condition;
import io.loble.model.Source;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A status as HTML: the process, its listeners, and each pool with its backends. It has at most
 * {@link #MOST_ROWS} backends and as many pools, listeners and steps: those out of rotation first,
 * and how many are left out. For one use.
 */
final class StatusTables {

  static final int MOST_ROWS = 1_000;

  private static final Map<Character, String> SPECIAL =
      Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;", '"', "&quot;", '\'', "&#39;");

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>%1$s – Loble</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="refresh" content="10">
      <link rel="icon" href="/dashboard/icon.svg" type="image/svg+xml">
      <link rel="stylesheet" href="/dashboard/style.css">
      </head>
      <body>
      <main class="plain">
      <h1>Loble %1$s</h1>
      <p>Version %2$s, configuration %3$s, up for %4$d s%5$s. This page reloads every 10 s; \
      <a href="/">the dashboard</a> needs JavaScript.</p>
      """;

  /** The heads of columns that hold numbers. */
  private static final Set<String> NUMBERS =
      Set.of("open", "accepted", "turned away", "backends", "weight", "failures", "total");

  private static final String CONFIGURATION = Source.CONFIGURATION.label();

  private final JsonObject status;
  private final StringBuilder html = new StringBuilder(16 * 1024);
  private int rowsLeft = MOST_ROWS;

  StatusTables(JsonObject status) {
    this.status = status;
  }

  String html() {
    JsonObject config = status.getJsonObject("config");
    html.append(
        HEAD.formatted(
            escaped(status.getString("id")),
            escaped(status.getString("version")),
            escaped(config.getValue("version")),
            status.getLong("uptime_ms") / 1000,
            Boolean.TRUE.equals(status.getBoolean("draining")) ? ", stopping" : ""));
    configuration(config);
    listeners(objects(status.getJsonArray("listeners")));
    pools(objects(status.getJsonArray("pools")));
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private void configuration(JsonObject config) {
    if (config.getString("error") != null) {
      html.append("<p class=\"wrong\">The file was refused, what was in force stays: ")
          .append(escaped(config.getString("error")))
          .append("</p>\n");
    }
    List<JsonObject> differs = objects(config.getJsonArray("differs"));
    if (!differs.isEmpty()) {
      html.append("<h2>Not as the file says</h2>\n<ul>\n");
      differs.stream()
          .limit(MOST_ROWS)
          .forEach(
              step -> html.append("<li>").append(escaped(step.getString("text"))).append('\n'));
      html.append("</ul>\n");
      leftOut(differs.size() - MOST_ROWS);
    }
  }

  private void listeners(List<JsonObject> listeners) {
    html.append("<h2>Listeners</h2>\n");
    begin("listener", "address", "pool", "open", "accepted", "turned away", "by reason");
    listeners.stream()
        .limit(MOST_ROWS)
        .forEach(
            listener ->
                row(
                    "",
                    listener.getValue("name"),
                    listener.getValue("address"),
                    listener.getValue("pool"),
                    listener.getValue("active"),
                    listener.getValue("accepted"),
                    listener.getValue("rejected"),
                    reasons(listener.getJsonObject("rejected_by"))));
    end();
    leftOut(listeners.size() - MOST_ROWS);
  }

  private static String reasons(JsonObject reasons) {
    return reasons.stream()
        .filter(entry -> entry.getValue() instanceof Number amount && amount.longValue() > 0)
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private void pools(List<JsonObject> pools) {
    pools.stream().limit(MOST_ROWS).forEach(this::pool);
    leftOut(pools.size() - MOST_ROWS);
  }

  private void pool(JsonObject pool) {
    List<JsonObject> backends = objects(pool.getJsonArray("backends"));
    long inRotation = backends.stream().filter(StatusTables::isInRotation).count();
    html.append("<h2>Pool ")
        .append(escaped(pool.getValue("name")))
        .append("</h2>\n<p>")
        .append(escaped(pool.getValue("algorithm")))
        .append(", %d of %d in rotation".formatted(inRotation, backends.size()))
        .append(requests(pool.getJsonObject("requests")))
        .append("</p>\n");
    sources(objects(pool.getJsonArray("discovery")));
    int shown = Math.min(rowsLeft, backends.size());
    rowsLeft -= shown;
    if (shown > 0) {
      backends(backends, shown);
    }
    leftOut(backends.size() - shown);
  }

  /** What the pool finds backends by; nothing where it finds none. */
  private void sources(List<JsonObject> sources) {
    if (sources.isEmpty()) {
      return;
    }
    begin("found by", "of", "state", "since", "why", "backends");
    sources.forEach(
        source ->
            row(
                source.getString("state"),
                source.getValue("source"),
                source.getValue("of"),
                source.getString("state").replace('_', ' '),
                source.getValue("since"),
                source.getValue("detail"),
                source.getValue("backends")));
    end();
  }

  /** How many there were, and how they were answered; nothing where there are only connections. */
  private static String requests(@Nullable JsonObject requests) {
    if (requests == null) {
      return "";
    }
    String answered = reasons(requests.getJsonObject("codes"));
    String total = ", %d requests".formatted(requests.getLong("total"));
    return answered.isEmpty() ? total : total + ": " + escaped(answered);
  }

  private void backends(List<JsonObject> backends, int shown) {
    begin("backend", "address", "state", "since", "why", "weight", "open", "failures", "total");
    backends.stream()
        .sorted(Comparator.comparing(StatusTables::isInRotation))
        .limit(shown)
        .forEach(
            backend ->
                row(
                    backend.getString("state"),
                    backend.getValue("name"),
                    address(backend),
                    state(backend),
                    backend.getValue("since"),
                    backend.getValue("why"),
                    backend.getValue("weight"),
                    backend.getValue("active"),
                    backend.getValue("failures"),
                    backend.getValue("total")));
    end();
  }

  /** The address, and what it was found by where the configuration does not name it. */
  private static String address(JsonObject backend) {
    String source = backend.getString("source");
    String address = backend.getString("address");
    return source.equals(CONFIGURATION) ? address : address + " (found by " + source + ")";
  }

  private static boolean isInRotation(JsonObject backend) {
    return BackendState.isInRotation(backend.getString("state"))
        && backend.getInteger("weight") > 0;
  }

  /** The state, and what is wanted where that is not the same. */
  private static String state(JsonObject backend) {
    return Condition.stateAndMode(backend.getString("state"), backend.getString("mode"));
  }

  private void begin(String... heads) {
    html.append("<div class=\"scroll\"><table>\n<tr>");
    for (String head : heads) {
      html.append(
              NUMBERS.contains(head) ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
          .append(escaped(head));
    }
    html.append('\n');
  }

  private void row(String state, Object... cells) {
    html.append("<tr data-state=\"").append(escaped(state)).append("\">");
    for (Object cell : cells) {
      html.append(cell instanceof Number ? "<td class=\"number\">" : "<td>").append(escaped(cell));
    }
    html.append('\n');
  }

  private void end() {
    html.append("</table></div>\n");
  }

  private void leftOut(int count) {
    if (count > 0) {
      html.append("<p>And ")
          .append(count)
          .append(" more, which <a href=\"/api/v1/status\">/api/v1/status</a> has.</p>\n");
    }
  }

  private static List<JsonObject> objects(JsonArray items) {
    return items.stream().map(JsonObject.class::cast).toList();
  }

  /** As text, whatever it is; nothing for null. */
  private static String escaped(@Nullable Object value) {
    StringBuilder safe = new StringBuilder();
    String.valueOf(value == null ? "" : value)
        .chars()
        .forEach(c -> safe.append(SPECIAL.getOrDefault((char) c, String.valueOf((char) c))));
    return safe.toString();
  }
}
