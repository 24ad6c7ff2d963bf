package io.loble.ctl.view;

import io.loble.ctl.answer.Items;
import io.loble.terminal.Colour;
import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Why a client gets the backend that it gets, as tables. */
public final class ExplainPage {

  private ExplainPage() {}

  public static String text(JsonObject answer, Ansi ansi) {
    List<JsonObject> candidates = Items.of(answer, "candidates", item -> item);
    List<JsonObject> leftOut = Items.of(answer, "left_out", item -> item);
    return head(answer)
        + (candidates.isEmpty() ? "" : "\n" + candidates(candidates).render(ansi))
        + (leftOut.isEmpty() ? "" : "\n" + leftOut(leftOut).render(ansi));
  }

  private static String head(JsonObject answer) {
    return "client %s on listener %s, pool %s, %s: %s%n"
        .formatted(
            answer.getString("client", ""),
            answer.getString("listener", ""),
            answer.getString("pool", ""),
            answer.getString("algorithm", ""),
            outcome(answer));
  }

  private static String outcome(JsonObject answer) {
    String backend = answer.getString("backend");
    if (backend == null) {
      return "turned away (" + answer.getString("rejected", "no_backend") + ")";
    }
    return answer.getBoolean("certain", false) ? backend : "by chance, likeliest " + backend;
  }

  private static Table candidates(List<JsonObject> candidates) {
    Table table =
        new Table().left("candidate", "address").right("weight", "active", "chance").left("");
    candidates.forEach(
        candidate ->
            table.row(
                Cell.of(candidate.getString("name", "")),
                address(candidate),
                Cell.of(candidate.getLong("weight", 1L)),
                Cell.of(candidate.getLong("active", 0L)),
                Cell.of(percent(candidate.getDouble("chance", 0.0))),
                Cell.of(candidate.getBoolean("trial", false) ? "on trial" : "")));
    return table;
  }

  private static Table leftOut(List<JsonObject> leftOut) {
    Table table = new Table().left("left out", "address", "reason", "since", "detail");
    leftOut.forEach(
        backend ->
            table.row(
                Cell.of(backend.getString("name", "")),
                address(backend),
                new Cell(
                    backend.getString("reason", ""),
                    Colour.ofState(backend.getString("reason", ""))),
                Cell.of(orNothing(backend, "since")),
                Cell.of(orNothing(backend, "detail"))));
    return table;
  }

  /** Nothing where the backend is called by its address. */
  private static Cell address(JsonObject backend) {
    String address = backend.getString("address", "");
    return Cell.of(address.equals(backend.getString("name")) ? "" : address);
  }

  private static String orNothing(JsonObject backend, String key) {
    String text = backend.getString(key);
    return text == null ? "" : text;
  }

  private static String percent(double chance) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * chance);
  }
}
