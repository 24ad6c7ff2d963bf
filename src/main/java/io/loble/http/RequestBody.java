package io.loble.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** The body of one request, until a backend takes it: whether there is one, and what has come. */
final class RequestBody {

  private static final String ZERO = "0";

  private final HttpServerRequest request;
  private boolean present;
  private boolean complete;
  private @Nullable Buffer first;

  RequestBody(HttpServerRequest request) {
    this.request = request;
  }

  /**
   * The head has come. Of what comes behind it, nothing more than is under way is taken.
   *
   * @return whether it is known whether there is one; else {@link #settle} has to follow, when what
   *     came with the head was read
   */
  boolean begin() {
    if (request.version() != HttpVersion.HTTP_2) {
      present = isAnnounced(request.headers());
      if (present) {
        request.pause();
      }
      return true;
    }
    request.handler(this::cameFirst);
    request.endHandler(ended -> complete = true);
    return false;
  }

  /** Whether the head of a request of HTTP/1 says that one follows (RFC 9112, 6.3). */
  private static boolean isAnnounced(MultiMap headers) {
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return length == null ? headers.contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals(ZERO);
  }

  private void cameFirst(Buffer data) {
    first = data;
    request.pause();
  }

  /** In HTTP/2 it is known only now whether the head was all. */
  void settle() {
    present = !complete && !ZERO.equals(request.getHeader(HttpHeaders.CONTENT_LENGTH));
    if (present) {
      request.pause();
    }
  }

  /** Whether there is one. */
  boolean isPresent() {
    return present;
  }

  /** Whether something of it may still come. */
  boolean isToCome() {
    return present && !request.isEnded();
  }

  /** What of it has come already; null for nothing. */
  @Nullable Buffer first() {
    return first;
  }
}
