package io.loble.sim;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP calls that change a simulated server while it runs. */
final class ServerControl {

  private static final Logger LOG = LoggerFactory.getLogger(ServerControl.class);
  private static final int MAX_BODY = 1024;

  private final ServerState state;
  private final HttpServer server;

  ServerControl(Vertx vertx, ServerState state) {
    this.state = state;
    this.server = vertx.createHttpServer().requestHandler(router(vertx));
  }

  /** Listens, unless the settings name no port. */
  Future<Void> start() {
    if (state.settings().controlPort().isEmpty()) {
      return Future.succeededFuture();
    }
    return server.listen(state.listenControlPort(), state.settings().host()).mapEmpty();
  }

  Future<Void> stop() {
    return state.settings().controlPort().isEmpty() ? Future.succeededFuture() : server.close();
  }

  int port() {
    return state.settings().controlPort().isEmpty() ? 0 : server.actualPort();
  }

  private Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
    router.get("/stats").handler(context -> ok(context, state.toJson()));
    for (Tunable tunable : Tunable.values()) {
      router.post(tunable.path()).handler(context -> set(tunable, context));
    }
    router.errorHandler(404, context -> problem(context, 404, "no such path"));
    router.errorHandler(405, context -> problem(context, 405, "no such method on this path"));
    router.errorHandler(413, context -> problem(context, 413, "a number is shorter than that"));
    return router;
  }

  private void set(Tunable tunable, RoutingContext context) {
    Buffer body = context.body().buffer();
    String text = body == null ? "" : body.toString().strip();
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > tunable.max()) {
      problem(context, 400, tunable.wanted() + ", not \"" + text + "\"");
      return;
    }
    int value = Integer.parseInt(text);
    ServerSettings now = state.update(settings -> tunable.applied(settings, value));
    LOG.info("[{}] {} is now {}", now.id(), tunable.key(), value);
    ok(context, new JsonObject().put(tunable.key(), value));
  }

  private static void problem(RoutingContext context, int status, String detail) {
    JsonObject problem =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
            .put("status", status)
            .put("detail", detail);
    end(context, status, "application/problem+json", problem);
  }

  private static void ok(RoutingContext context, JsonObject body) {
    end(context, 200, "application/json", body);
  }

  private static void end(RoutingContext context, int status, String type, JsonObject body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .end(body.toBuffer());
  }
}
