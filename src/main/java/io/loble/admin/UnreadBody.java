package io.loble.admin;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Ends the connection of a request that is answered before its body was read, because it was
 * refused: whether what follows on the connection is that body or the next request, only the client
 * knows. It is given time to read the answer; a connection that is closed while bytes come in is
 * reset, and the answer lost.
 */
final class UnreadBody {

  private static final long LINGER_MS = 2000;

  private UnreadBody() {}

  /** To be called before anything refuses the request. */
  static void watch(RoutingContext ctx) {
    if (RequestBody.isAnnounced(ctx.request())) {
      ctx.addHeadersEndHandler(head -> answered(ctx));
    }
    ctx.next();
  }

  private static void answered(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (!request.isEnded()) {
      ctx.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      request.handler(unread -> {}).endHandler(end -> request.connection().close());
      ctx.vertx().setTimer(LINGER_MS, id -> request.connection().close());
    }
  }
}
