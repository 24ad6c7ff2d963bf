package io.loble.admin;

import io.loble.control.CommandException;
import io.loble.control.Reason;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a request failed, as the answer says it (RFC 9457).
 *
 * @param status an HTTP status code of 400 to 599
 * @param detail what was wrong and what would be right
 * @param errors one object for each thing that was wrong; empty when the detail says it all
 */
record Problem(int status, String detail, JsonArray errors) {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

  Problem(int status, String detail) {
    this(status, detail, new JsonArray());
  }

  /** A defect is logged in full and answered in general terms: its details are not for clients. */
  static Problem of(Throwable cause, String request) {
    if (cause instanceof CommandException refused) {
      return new Problem(
          status(refused.reason()), String.valueOf(refused.getMessage()), refused.errors());
    }
    if (cause instanceof HttpException refused) {
      String detail = refused.getPayload() == null ? refused.getMessage() : refused.getPayload();
      return new Problem(refused.getStatusCode(), String.valueOf(detail));
    }
    LOG.error("{} failed", request, cause);
    return new Problem(500, "an internal error, described in the log");
  }

  /** The HTTP status of a command that was refused; over the event bus the failure code. */
  static int status(Reason reason) {
    return switch (reason) {
      case INVALID_ARGUMENT -> HttpResponseStatus.BAD_REQUEST.code();
      case NOT_FOUND -> HttpResponseStatus.NOT_FOUND.code();
      case CONFLICT -> HttpResponseStatus.CONFLICT.code();
      case INVALID_CONFIG -> HttpResponseStatus.UNPROCESSABLE_ENTITY.code();
      case UNAVAILABLE -> HttpResponseStatus.SERVICE_UNAVAILABLE.code();
      case UNSUPPORTED -> HttpResponseStatus.NOT_IMPLEMENTED.code();
    };
  }

  /** The members {@code type}, {@code title}, {@code status}, {@code detail} and {@code errors}. */
  JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
            .put("status", status)
            .put("detail", detail);
    return errors.isEmpty() ? json : json.put("errors", errors);
  }
}
