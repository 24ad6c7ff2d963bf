package io.loble.admin;

import io.loble.control.Readiness;
import io.loble.control.RunningBalancer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** What orchestrators ask: {@code /livez} and {@code /readyz}. Never guarded by a token. */
final class ProbeRoutes {

  private ProbeRoutes() {}

  static void mount(Router router, RunningBalancer balancer) {
    Resource.mount(router, "/livez", Map.of(HttpMethod.GET, ctx -> answer(ctx, 200, "alive")));
    Resource.mount(router, "/readyz", Map.of(HttpMethod.GET, ctx -> ready(ctx, balancer)));
  }

  private static void ready(RoutingContext ctx, RunningBalancer balancer) {
    Readiness readiness = Readiness.of(balancer);
    answer(ctx, readiness == Readiness.READY ? 200 : 503, readiness.label());
  }

  private static void answer(RoutingContext ctx, int code, String status) {
    ctx.response().setStatusCode(code);
    ctx.json(new JsonObject().put("status", status));
  }
}
