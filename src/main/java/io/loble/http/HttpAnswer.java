package io.loble.http;

import io.loble.model.Rejection;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * What a client gets from Loble itself, where no backend answers.
 *
 * @param status of HTTP
 * @param detail what is wrong with this request, for people
 * @param why in the words of the access log
 * @param headers that it has besides
 */
record HttpAnswer(int status, String detail, String why, Map<String, String> headers) {

  static final String PROBLEM = "application/problem+json";

  private HttpAnswer(int status, String detail, String why) {
    this(status, detail, why, Map.of());
  }

  static HttpAnswer of(Rejection why) {
    return switch (why) {
      case CONNECT_FAILED -> new HttpAnswer(502, "No backend could be connected to.", why.label());
      case BACKENDS_FULL -> new HttpAnswer(503, "Every backend is full.", why.label());
      case QUEUE_TIMEOUT -> new HttpAnswer(503, "No backend had room in time.", why.label());
      case NO_ROUTE -> new HttpAnswer(404, "No route takes this request.", why.label());
      default -> new HttpAnswer(503, "No backend is there.", why.label());
    };
  }

  static HttpAnswer backendFailed() {
    return new HttpAnswer(502, "The backend has failed before it answered.", "backend_reset");
  }

  static HttpAnswer timedOut() {
    return new HttpAnswer(504, "The backend has not answered in time.", "timeout");
  }

  static HttpAnswer requestTimedOut() {
    return new HttpAnswer(408, "The rest of the request has not come in time.", "timeout");
  }

  /** Of one that cannot be read. */
  static HttpAnswer of(MalformedRequestException refusal) {
    return new HttpAnswer(refusal.status(), refusal.reason(), "bad_request");
  }

  /** To the same place by TLS, with the same method (RFC 9110, 15.4.9). */
  static HttpAnswer redirect(Asked asked) {
    String host = asked.host();
    return host == null
        ? badRequest("The request does not say for which host it is.")
        : new HttpAnswer(
            308,
            "This is served by TLS only.",
            "redirect",
            Map.of("location", "https://" + host + asked.target()));
  }

  static HttpAnswer badRequest(String detail) {
    return new HttpAnswer(400, detail, "bad_request");
  }

  /** Problem details (RFC 9457). */
  Buffer problem() {
    return new JsonObject()
        .put("type", "about:blank")
        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
        .put("status", status)
        .put("detail", detail)
        .toBuffer();
  }
}
