package io.loble.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Whether a request has a body, by its head (RFC 9112, 6.3). */
final class RequestBody {

  private static final String ZERO = "0";

  private RequestBody() {}

  /** Whether its head says that one follows. */
  static boolean isAnnounced(MultiMap headers) {
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return length == null ? headers.contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals(ZERO);
  }

  /** Whether its head says that it is empty, although its end has not come. */
  static boolean isKnownEmpty(HttpServerRequest request) {
    return ZERO.equals(request.getHeader(HttpHeaders.CONTENT_LENGTH));
  }
}
