package io.loble.ctl.client;

import io.loble.config.ConfigError;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ExitCode;

/** Says in words what a balancer refused, from its answer as RFC 9457 has it. */
public final class Refusal {

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int UNPROCESSABLE = 422;
  private static final int SERVER_ERROR = 500;

  private Refusal() {}

  /**
   * The exception that a refusal becomes.
   *
   * @param token that was sent
   */
  static CtlException of(String admin, Optional<Token> token, int status, String body) {
    JsonObject problem = problem(admin, status, body);
    String text = aboutToken(admin, token, status).orElseGet(() -> text(problem));
    if (status == UNAUTHORIZED) {
      problem.put("detail", text);
    }
    if (status >= SERVER_ERROR) {
      return new AwayException(text, problem);
    }
    boolean usage = status == BAD_REQUEST || status == UNPROCESSABLE;
    return new CtlException(usage ? ExitCode.USAGE : ExitCode.SOFTWARE, text, problem);
  }

  /** Errors, one a line. */
  public static String errors(JsonArray errors) {
    return errors.stream().map(Refusal::error).collect(Collectors.joining("\n"));
  }

  /** Not every answer with a status is a balancer's: that has a detail. */
  private static JsonObject problem(String admin, int status, String body) {
    try {
      JsonObject problem = JsonText.object(body);
      if (problem.getString("detail") != null) {
        return problem;
      }
    } catch (DecodeException | ClassCastException e) {
      // The same as one without a detail.
    }
    return CtlException.problem("Failed", admin + " answered with status " + status)
        .put("status", status);
  }

  private static String text(JsonObject problem) {
    String detail = problem.getString("detail").strip();
    String errors = errors(problem.getJsonArray("errors", new JsonArray()));
    // The detail may say it all: on the event bus there is nothing else.
    return errors.isEmpty() || detail.contains(errors) ? detail : detail + "\n" + errors;
  }

  /** What to do about a token, rather than about the header of a request. */
  private static Optional<String> aboutToken(String admin, Optional<Token> token, int status) {
    if (status != UNAUTHORIZED) {
      return Optional.empty();
    }
    return Optional.of(
        token.isPresent()
            ? admin + " does not accept the token in " + token.get().file() + "; see --token-file"
            : admin + " asks for a token; give --token-file FILE, or set LOBLE_TOKEN_FILE");
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
