package io.loble.admin;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lets a request pass that was sent to a loopback name or address. A page whose own name was made
 * to point here would send that name; its browser takes what is here for the page's own site.
 */
final class LoopbackHost implements Handler<RoutingContext> {

  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

  @Override
  public void handle(RoutingContext ctx) {
    // Programs that speak HTTP/1.0 may send none; browsers always do.
    List<String> hosts = ctx.request().headers().getAll(HttpHeaders.HOST);
    if (hosts.stream().allMatch(host -> LOOPBACK.matcher(host).matches())) {
      Right.ALL.tell(ctx);
      ctx.next();
    } else {
      ctx.fail(
          new HttpException(
              403,
              "without admin.token_file, only requests to a loopback name or address are answered,"
                  + " such as localhost or 127.0.0.1; this one was sent to "
                  + String.join(", ", hosts)));
    }
  }
}
