package io.loble.admin;

import io.vertx.core.VertxException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;

/** Answers every request that fails or leads nowhere with a {@link Problem}. */
final class Problems {

  private Problems() {}

  /** Adds to a router what concerns all its routes. To be called before any route is added. */
  static Router reportedBy(Router router) {
    router.route().handler(Problems::prepare).failureHandler(Problems::report);
    router.errorHandler(404, Problems::report);
    router.errorHandler(400, Problems::report);
    router.errorHandler(500, Problems::report);
    return router;
  }

  private static void prepare(RoutingContext ctx) {
    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (isReadable(ctx)) {
      ctx.next();
    } else {
      ctx.fail(new HttpException(400, "the request's path cannot be read"));
    }
  }

  /** Routes match the decoded path, and nothing after this would expect that it cannot be. */
  private static boolean isReadable(RoutingContext ctx) {
    try {
      return !ctx.normalizedPath().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void report(RoutingContext ctx) {
    Problem problem = problem(ctx);
    ctx.response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(problem.toJson().toBuffer());
  }

  private static Problem problem(RoutingContext ctx) {
    Throwable cause = ctx.failure();
    if (cause == null) {
      return new Problem(404, "there is nothing at " + ctx.normalizedPath());
    }
    if (cause instanceof VertxException && ctx.statusCode() == 400) {
      // The router's own: the Host header is missing or is none, or there is no path.
      return new Problem(400, String.valueOf(cause.getMessage()));
    }
    return Problem.of(cause, ctx.request().method() + " " + ctx.request().path());
  }
}
