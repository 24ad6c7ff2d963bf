package io.loble.admin;

import io.loble.control.Commands;
import io.loble.control.StatusView;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The JSON interface: everything under {@code /api}. */
final class ApiRoutes {

  private final StatusView view;
  private final Commands commands;

  ApiRoutes(StatusView view, Commands commands) {
    this.view = view;
    this.commands = commands;
  }

  void mount(Router router, Access access) {
    access.mount(router);
    Resource.mount(router, "/api/v1/status", Map.of(HttpMethod.GET, this::status));
    Resource.mount(router, "/api/v1/pools", Map.of(HttpMethod.GET, this::pools));
    Resource.mount(router, "/api/v1/pools/:pool", Map.of(HttpMethod.GET, this::pool));
  }

  private void status(RoutingContext ctx) {
    commands.run("status", new JsonObject()).onSuccess(ctx::json).onFailure(ctx::fail);
  }

  private void pools(RoutingContext ctx) {
    ctx.json(view.pools());
  }

  private void pool(RoutingContext ctx) {
    ctx.json(view.pool(ctx.pathParam("pool")));
  }
}
