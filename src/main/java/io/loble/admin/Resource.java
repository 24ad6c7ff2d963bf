package io.loble.admin;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Something at a path that understands certain methods and refuses the others. */
final class Resource {

  private Resource() {}

  /**
   * Adds a resource to a router. HEAD is answered wherever GET is; a method that is not in the map
   * is answered with 405 and the list of those that are.
   */
  static void mount(Router router, String path, Map<HttpMethod, Handler<RoutingContext>> methods) {
    methods.forEach((method, handler) -> route(router, path, method).handler(handler));
    String allowed = allowed(methods.keySet());
    router.route(path).handler(ctx -> refuse(ctx, allowed));
  }

  private static Route route(Router router, String path, HttpMethod method) {
    Route route = router.route(path).method(method);
    return method.equals(HttpMethod.GET) ? route.method(HttpMethod.HEAD) : route;
  }

  private static String allowed(Set<HttpMethod> methods) {
    SortedSet<String> names = new TreeSet<>();
    methods.forEach(method -> names.add(method.name()));
    if (methods.contains(HttpMethod.GET)) {
      names.add(HttpMethod.HEAD.name());
    }
    return String.join(", ", names);
  }

  private static void refuse(RoutingContext ctx, String allowed) {
    ctx.response().putHeader(HttpHeaders.ALLOW, allowed);
    String method = ctx.request().method().name();
    ctx.fail(new HttpException(405, method + " is not understood here; use " + allowed));
  }
}
