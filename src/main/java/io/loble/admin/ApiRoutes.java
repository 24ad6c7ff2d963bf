package io.loble.admin;

import io.loble.control.Commands;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The JSON interface: everything under {@code /api}. */
final class ApiRoutes {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;

  private static final String API = "/api/v1/";
  private static final String POOL = API + "pools/:pool";
  private static final String BACKEND = POOL + "/backends/:name";

  private final Commands commands;
  private final EventStream events;
  private final ProfileRoute profile;
  private final Answers answers = new Answers();

  ApiRoutes(Commands commands, EventStream events, ProfileRoute profile) {
    this.commands = commands;
    this.events = events;
    this.profile = profile;
  }

  void mount(Router router, Access access) {
    access.mount(router);
    mountPools(router);
    mountBackends(router);
    mountListeners(router);
    mountConfig(router);
    mountInsight(router);
    resource(router, API + "status", Map.of(HttpMethod.GET, large("status")));
    resource(router, StatusPage.PATH, Map.of(HttpMethod.GET, new StatusPage(commands, answers)));
    resource(router, API + "events", Map.of(HttpMethod.GET, events));
  }

  private void mountPools(Router router) {
    resource(
        router,
        API + "pools",
        Map.of(
            HttpMethod.GET, list("pool.list", "pools"),
            HttpMethod.POST, run("pool.add", CREATED)));
    resource(
        router,
        POOL,
        Map.of(
            HttpMethod.GET, run("pool.get", OK),
            HttpMethod.DELETE, run("pool.remove", ACCEPTED)));
    resource(router, POOL + "/algorithm", Map.of(HttpMethod.PUT, run("pool.algorithm", OK)));
    resource(router, POOL + "/rebalance", Map.of(HttpMethod.POST, run("pool.rebalance", ACCEPTED)));
  }

  private void mountBackends(Router router) {
    resource(
        router,
        POOL + "/backends",
        Map.of(
            HttpMethod.GET, list("pool.get", "backends"),
            HttpMethod.POST, run("backend.add", CREATED)));
    resource(
        router,
        BACKEND,
        Map.of(
            HttpMethod.GET, run("backend.get", OK),
            HttpMethod.PATCH, run("backend.update", OK),
            HttpMethod.DELETE, run("backend.remove", ACCEPTED)));
  }

  private void mountListeners(Router router) {
    resource(
        router,
        API + "listeners",
        Map.of(
            HttpMethod.GET, list("listener.list", "listeners"),
            HttpMethod.POST, run("listener.add", CREATED)));
    resource(
        router,
        API + "listeners/:name",
        Map.of(
            HttpMethod.GET, run("listener.get", OK),
            HttpMethod.DELETE, run("listener.remove", ACCEPTED)));
  }

  private void mountConfig(Router router) {
    resource(router, API + "config", Map.of(HttpMethod.GET, run("config.get", OK)));
    resource(
        router,
        API + "config/versions",
        Map.of(HttpMethod.GET, list("config.versions", "versions")));
    resource(router, API + "config/reload", Map.of(HttpMethod.POST, run("config.reload", OK)));
    resource(router, API + "config/rollback", Map.of(HttpMethod.POST, run("config.rollback", OK)));
    resource(router, API + "config/plan", Map.of(HttpMethod.POST, plan()));
  }

  private void mountInsight(Router router) {
    resource(router, API + "explain", Map.of(HttpMethod.GET, run("explain", OK)));
    resource(
        router, API + "connections", Map.of(HttpMethod.GET, large("connection.list", "limit")));
    resource(router, API + "clients", Map.of(HttpMethod.GET, large("client.list", "limit")));
    resource(
        router,
        API + "connections/:id",
        Map.of(HttpMethod.DELETE, run("connection.close", ACCEPTED)));
    resource(router, API + "threads", Map.of(HttpMethod.GET, large("thread.list")));
    resource(router, API + "profile", Map.of(HttpMethod.POST, profile));
  }

  private static void resource(
      Router router, String path, Map<HttpMethod, Handler<RoutingContext>> methods) {
    Resource.mount(router, path, methods);
  }

  /** Answers with what a command says. */
  private Handler<RoutingContext> run(String command, int status) {
    return ctx ->
        commands
            .run(Requests.caller(ctx), command, Requests.arguments(ctx))
            .onSuccess(answer -> ctx.response().setStatusCode(status))
            .onSuccess(answer -> answers.json(ctx, answer))
            .onFailure(ctx::fail);
  }

  /** Answers with so much that an event loop would stand still over it. */
  private Handler<RoutingContext> large(String command, String... numbers) {
    return ctx ->
        commands
            .run(Requests.caller(ctx), command, Requests.arguments(ctx, numbers))
            .compose(answer -> ctx.vertx().executeBlocking(answer::toBuffer, false))
            .onSuccess(body -> answers.send(ctx, "application/json", body))
            .onFailure(ctx::fail);
  }

  /** Answers with one member of what a command says. */
  private Handler<RoutingContext> list(String command, String member) {
    return ctx ->
        commands
            .run(Requests.caller(ctx), command, Requests.arguments(ctx))
            .map(answer -> answer.getJsonArray(member))
            .onSuccess(answer -> answers.json(ctx, answer))
            .onFailure(ctx::fail);
  }

  /** The body is a file, unless it is said to be JSON. */
  private Handler<RoutingContext> plan() {
    return ctx ->
        commands
            .run(Requests.caller(ctx), "config.plan", Requests.plan(ctx))
            .onSuccess(answer -> answers.json(ctx, answer))
            .onFailure(ctx::fail);
  }
}
