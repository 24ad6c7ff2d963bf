package io.loble.admin;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Answers what cannot be read as HTTP, and therefore reaches no route. */
final class Unreadable {

  private Unreadable() {}

  static void refuse(HttpServerRequest request) {
    Problem problem = problem(request.decoderResult().cause());
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(problem.toJson().toBuffer())
        // Where the next request would begin is unknown.
        .onComplete(sent -> request.connection().close());
  }

  private static Problem problem(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return new Problem(414, "the request's path is too long");
    }
    return cause instanceof TooLongHttpHeaderException
        ? new Problem(431, "the request's headers are too long")
        : new Problem(400, "this is not an HTTP request");
  }
}
