package io.loble.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers what calls there are, in short and in full. To be used from one context. */
final class ApiDescription {

  private final Supplier<List<ApiRoute>> routes;
  private final Answers answers;
  private @Nullable Future<JsonObject> openApi;

  /**
   * @param routes asked for once all of them are known
   */
  ApiDescription(Supplier<List<ApiRoute>> routes, Answers answers) {
    this.routes = routes;
    this.answers = answers;
  }

  void list(RoutingContext ctx) {
    JsonArray calls = new JsonArray();
    routes.get().forEach(route -> calls.add(route.toJson()));
    answers.json(ctx, new JsonObject().put("openapi", "/api/v1/openapi.json").put("calls", calls));
  }

  void openApi(RoutingContext ctx) {
    Future<JsonObject> known = openApi;
    if (known == null || known.failed()) {
      // Once, and on a worker: it is a file of some size.
      known = ctx.vertx().executeBlocking(() -> OpenApi.of(routes.get()), false);
      openApi = known;
    }
    known.onSuccess(document -> answers.json(ctx, document)).onFailure(ctx::fail);
  }
}
