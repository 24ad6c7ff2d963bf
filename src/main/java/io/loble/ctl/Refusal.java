package io.loble.ctl;

import io.loble.config.ConfigError;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import picocli.CommandLine.ExitCode;

/** Says in words what a balancer refused, from its answer as RFC 9457 has it. */
final class Refusal {

  private static final int BAD_REQUEST = 400;
  private static final int UNPROCESSABLE = 422;
  private static final int SERVER_ERROR = 500;

  private Refusal() {}

  static CtlException of(String admin, int status, String body) {
    String text = text(admin, status, body);
    if (status >= SERVER_ERROR) {
      return new AwayException(text);
    }
    boolean usage = status == BAD_REQUEST || status == UNPROCESSABLE;
    return new CtlException(usage ? ExitCode.USAGE : ExitCode.SOFTWARE, text);
  }

  /** Errors, one a line. */
  static String errors(JsonArray errors) {
    return errors.stream().map(Refusal::error).collect(Collectors.joining("\n"));
  }

  private static String text(String admin, int status, String body) {
    try {
      return text(new JsonObject(body));
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      return admin + " answered with status " + status;
    }
  }

  /** Not every answer with a status is a balancer's: without a detail this fails. */
  private static String text(JsonObject problem) {
    String detail = problem.getString("detail").strip();
    String errors = errors(problem.getJsonArray("errors", new JsonArray()));
    // The detail may say it all: on the event bus there is nothing else.
    return errors.isEmpty() || detail.contains(errors) ? detail : detail + "\n" + errors;
  }

  private static String error(Object value) {
    JsonObject error = (JsonObject) value;
    return new ConfigError(
            error.getString("source", "configuration"),
            error.getInteger("line", 0),
            error.getInteger("column", 0),
            error.getString("key"),
            error.getString("reason", "not valid"))
        .toString();
  }
}
