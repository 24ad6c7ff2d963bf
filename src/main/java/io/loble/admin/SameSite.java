package io.loble.admin;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import org.jspecify.annotations.Nullable;

/** Refuses what a browser sends on behalf of a page from elsewhere. */
final class SameSite implements Handler<RoutingContext> {

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    String host = request.getHeader(HttpHeaders.HOST);
    if ("cross-site".equalsIgnoreCase(request.getHeader("Sec-Fetch-Site"))) {
      ctx.fail(refusal("Sec-Fetch-Site: cross-site"));
    } else if (!originsAre(host, request)) {
      ctx.fail(refusal("Origin: " + request.getHeader(HttpHeaders.ORIGIN)));
    } else {
      ctx.next();
    }
  }

  private static boolean originsAre(@Nullable String host, HttpServerRequest request) {
    return request.headers().getAll(HttpHeaders.ORIGIN).stream()
        .allMatch(origin -> hostOf(origin).equalsIgnoreCase(host));
  }

  /** Of an opaque origin, which is written {@code null}, nothing. */
  private static String hostOf(String origin) {
    int scheme = origin.indexOf("://");
    return scheme < 0 ? "" : origin.substring(scheme + 3);
  }

  private static HttpException refusal(String header) {
    return new HttpException(
        403,
        "a page of another site may not send requests here ("
            + header
            + "); open one of this host");
  }
}
