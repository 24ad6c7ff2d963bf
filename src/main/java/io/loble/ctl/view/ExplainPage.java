package io.loble.ctl.view;

import io.loble.ctl.answer.Items;
import io.loble.terminal.Colour;
import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.vertx.core.json.JsonArray;
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
        + certificate(answer)
        + outbound(answer)
        + (candidates.isEmpty() ? "" : "\n" + candidates(candidates).render(ansi))
        + (leftOut.isEmpty() ? "" : "\n" + leftOut(leftOut).render(ansi));
  }

  private static String head(JsonObject answer) {
    return "client %s on listener %s%s%s%s: %s%n"
        .formatted(
            answer.getString("client", ""),
            answer.getString("listener", ""),
            request(answer),
            route(answer),
            pool(answer),
            outcome(answer));
  }

  /** How the connection to the backend would begin, where that is not as usual. */
  private static String outbound(JsonObject answer) {
    String version = answer.getString("send_proxy", "off");
    String header =
        version.equals("off")
            ? ""
            : "the backend first gets a PROXY protocol header (%s) that names %s%n"
                .formatted(version, answer.getString("client", ""));
    List<String> sources =
        answer.getJsonArray("source", new JsonArray()).stream().map(String::valueOf).toList();
    String encrypted = path(answer) + encrypted(answer.getString("backend_tls", "off"));
    return sources.isEmpty()
        ? header + encrypted
        : header
            + encrypted
            + "connections to it come from %s%n".formatted(String.join(", ", sources));
  }

  /** What the backend is asked for, where that is not what the client asks for. */
  private static String path(JsonObject answer) {
    String path = answer.getString("backend_path");
    return path == null || path.equals(answer.getString("path"))
        ? ""
        : "the backend is asked for %s%n".formatted(path);
  }

  private static String encrypted(String verify) {
    return verify.equals("off")
        ? ""
        : "the connection to it is encrypted (verify %s)%n".formatted(verify);
  }

  /** Which certificate a client of a listener with TLS is shown. */
  private static String certificate(JsonObject answer) {
    String why = answer.getString("certificate_why");
    if (why == null) {
      return "";
    }
    JsonObject certificate = answer.getJsonObject("certificate");
    String shown =
        certificate == null
            ? "none"
            : "%s (%s)".formatted(certificate.getString("file"), certificate.getString("subject"));
    String protocol = answer.getString("agreed_alpn");
    return "certificate: %s: %s%s%n"
        .formatted(shown, why, protocol == null ? "" : "; protocol " + protocol);
  }

  private static String route(JsonObject answer) {
    String why = answer.getString("route_why");
    Integer index = answer.getInteger("route");
    if (why == null) {
      return "";
    }
    return index == null ? ", " + why : ", routes[" + index + "] (" + why + ")";
  }

  /** What it asks for, where requests are balanced. */
  private static String request(JsonObject answer) {
    String method = answer.getString("method");
    return method == null
        ? ""
        : ", %s %s%s".formatted(method, orNothing(answer, "host"), answer.getString("path", ""));
  }

  private static String pool(JsonObject answer) {
    String pool = answer.getString("pool");
    if (answer.getString("redirect") != null) {
      return "";
    }
    return pool == null ? ", no pool" : ", pool " + pool + ", " + answer.getString("algorithm", "");
  }

  private static String outcome(JsonObject answer) {
    String backend = answer.getString("backend");
    Long before = answer.getLong("waits_behind");
    if (before != null) {
      return "waits for room, " + before + " before it";
    }
    if (answer.getString("redirect") != null && answer.getString("rejected") == null) {
      return "is told to come back by " + answer.getString("redirect");
    }
    if (backend == null) {
      String why = answer.getString("why");
      return "turned away ("
          + answer.getString("rejected", "no_backend")
          + (why == null ? "" : ": " + why)
          + ")";
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
