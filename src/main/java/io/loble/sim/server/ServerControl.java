package io.loble.sim.server;

import io.loble.config.ConfigException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP calls that change a simulated server while it runs. */
final class ServerControl {

  private static final Logger LOG = LoggerFactory.getLogger(ServerControl.class);
  private static final int MAX_BODY = 4096;

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
    router.route().handler(new SmallBody(MAX_BODY));
    router.get("/stats").handler(context -> ok(context, state.toJson()));
    router.get("/settings").handler(context -> ok(context, state.settings().toJson()));
    router
        .route("/settings")
        .method(HttpMethod.POST)
        .method(HttpMethod.PATCH)
        .handler(this::setAll);
    for (Tunable tunable : Tunable.values()) {
      router.post(tunable.path()).handler(context -> set(tunable, context));
    }
    router.errorHandler(404, context -> problem(context, 404, "no such path"));
    router.errorHandler(405, context -> problem(context, 405, "no such method on this path"));
    router.errorHandler(
        413, context -> problem(context, 413, "a body has at most " + MAX_BODY + " bytes"));
    return router;
  }

  private void set(Tunable tunable, RoutingContext context) {
    String text = SmallBody.of(context).toString().strip();
    try {
      ServerSettings now = state.update(ServerBehaviour.change(tunable, text));
      Object value = now.toJson().getValue(tunable.key());
      LOG.info("[{}] {} is now {}", now.id(), tunable.key(), value);
      ok(context, new JsonObject().put(tunable.key(), value));
    } catch (ConfigException e) {
      refuse(context, e);
    }
  }

  private void setAll(RoutingContext context) {
    Buffer body = SmallBody.of(context);
    try {
      ServerSettings now = state.set(new JsonObject(body));
      LOG.info("[{}] settings are now {}", now.id(), now.toJson());
      ok(context, now.toJson());
    } catch (ConfigException e) {
      refuse(context, e);
    } catch (DecodeException | ClassCastException e) {
      problem(context, 400, "the body must be a JSON object such as {\"delay_ms\": 500}");
    }
  }

  private static void refuse(RoutingContext context, ConfigException cause) {
    JsonArray errors = new JsonArray();
    cause
        .errors()
        .forEach(
            error ->
                errors.add(new JsonObject().put("key", error.key()).put("reason", error.reason())));
    String detail = Refusals.reasons(cause);
    end(context, 400, "application/problem+json", problem(400, detail).put("errors", errors));
  }

  private static void problem(RoutingContext context, int status, String detail) {
    end(context, status, "application/problem+json", problem(status, detail));
  }

  private static JsonObject problem(int status, String detail) {
    return new JsonObject()
        .put("type", "about:blank")
        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
        .put("status", status)
        .put("detail", detail);
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
