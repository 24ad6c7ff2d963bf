package io.loble.admin;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import io.loble.control.Commands;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON interface: everything under {@code /api}. */
final class ApiRoutes {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;

  private static final String API = "/api/v1/";
  private static final String POOL = "pools/{pool}";
  private static final String BACKEND = POOL + "/backends/{name}";

  private final List<ApiRoute> routes = new ArrayList<>();
  private final ApiHandlers answer;

  ApiRoutes(Commands commands, EventStream events, ProfileRoute profile) {
    Answers answers = new Answers();
    OneAtATime large = new OneAtATime();
    this.answer = new ApiHandlers(commands, answers, large);
    addDescriptions(answers);
    addInsight(events, profile, new StatusPage(commands, answers, large));
    addPools();
    addBackends();
    addListeners();
    addConfig();
  }

  /** All of them. */
  List<ApiRoute> routes() {
    return List.copyOf(routes);
  }

  void mount(Router router, Access access) {
    access.mount(router);
    Map<String, Map<HttpMethod, Handler<RoutingContext>>> resources = new LinkedHashMap<>();
    routes.forEach(
        route ->
            resources
                .computeIfAbsent(route.routerPath(), path -> new LinkedHashMap<>())
                .put(route.method(), route.handler()));
    resources.forEach((path, methods) -> Resource.mount(router, path, methods));
  }

  private void add(
      HttpMethod method,
      String path,
      String operation,
      String summary,
      Handler<RoutingContext> handler) {
    routes.add(new ApiRoute(method, API + path, operation, summary, handler));
  }

  private void addDescriptions(Answers answers) {
    ApiDescription description = new ApiDescription(this::routes, answers);
    add(GET, "", "api.list", "Lists the calls that there are.", description::list);
    add(
        GET,
        "openapi.json",
        "api.openapi",
        "Describes all calls, their parameters and their answers (OpenAPI 3.1).",
        description::openApi);
  }

  private void addInsight(EventStream events, ProfileRoute profile, StatusPage page) {
    add(
        GET,
        "status",
        "status",
        "Shows the process, its listeners, pools and backends.",
        answer.large("status"));
    add(
        GET,
        "status.html",
        "status.page",
        "Shows the same as a page of tables, for browsers without JavaScript.",
        page);
    add(
        GET,
        "history",
        "history",
        "Shows what the process, a listener, a pool or a backend did in the time before.",
        answer.large("history", "since"));
    add(GET, "events", "events", "Sends events as they happen, until the client leaves.", events);
    add(
        GET,
        "explain",
        "explain",
        "Says which backend a client would get now, and why not another.",
        answer.run("explain", OK));
    add(
        GET,
        "connections",
        "connection.list",
        "Lists live connections, the oldest first.",
        answer.large("connection.list", "limit"));
    add(
        GET,
        "clients",
        "client.list",
        "Lists the clients with the most connections.",
        answer.large("client.list", "limit"));
    add(
        DELETE,
        "connections/{id}",
        "connection.close",
        "Closes a connection with a reset.",
        answer.run("connection.close", ACCEPTED));
    add(
        GET,
        "threads",
        "thread.list",
        "Lists the threads of the process with their stacks.",
        answer.large("thread.list"));
    add(
        POST,
        "profile",
        "profile",
        "Records what the process does, with the JVM's flight recorder.",
        profile);
  }

  private void addPools() {
    add(GET, "pools", "pool.list", "Lists the pools.", answer.list("pool.list", "pools"));
    add(POST, "pools", "pool.add", "Adds a pool.", answer.run("pool.add", CREATED));
    add(GET, POOL, "pool.get", "Shows a pool.", answer.run("pool.get", OK));
    add(
        DELETE,
        POOL,
        "pool.remove",
        "Removes a pool that no listener uses.",
        answer.run("pool.remove", ACCEPTED));
    add(
        PUT,
        POOL + "/algorithm",
        "pool.algorithm",
        "Sets the algorithm of a pool; no connection is touched.",
        answer.run("pool.algorithm", OK));
    add(
        POST,
        POOL + "/rebalance",
        "pool.rebalance",
        "Closes quiet connections of backends that have more than their share.",
        answer.run("pool.rebalance", ACCEPTED));
  }

  private void addBackends() {
    add(
        GET,
        POOL + "/backends",
        "backend.list",
        "Lists the backends of a pool.",
        answer.list("pool.get", "backends"));
    add(
        POST,
        POOL + "/backends",
        "backend.add",
        "Adds a backend to a pool.",
        answer.run("backend.add", CREATED));
    add(GET, BACKEND, "backend.get", "Shows a backend.", answer.run("backend.get", OK));
    add(
        PATCH,
        BACKEND,
        "backend.update",
        "Changes a backend's weight, bound, level or state.",
        answer.run("backend.update", OK));
    add(
        DELETE,
        BACKEND,
        "backend.remove",
        "Removes a backend: it gets no new connections, and those it has may finish.",
        answer.run("backend.remove", ACCEPTED));
    add(
        POST,
        BACKEND + "/eject",
        "backend.eject",
        "Takes a backend out of rotation for a time, until a connection on trial succeeds.",
        answer.run("backend.eject", OK));
    add(
        POST,
        BACKEND + "/readmit",
        "backend.readmit",
        "Ends a backend's ejection.",
        answer.run("backend.readmit", OK));
  }

  private void addListeners() {
    add(
        GET,
        "listeners",
        "listener.list",
        "Lists the listeners.",
        answer.list("listener.list", "listeners"));
    add(POST, "listeners", "listener.add", "Adds a listener.", answer.run("listener.add", CREATED));
    add(
        GET,
        "listeners/{name}",
        "listener.get",
        "Shows a listener.",
        answer.run("listener.get", OK));
    add(
        PATCH,
        "listeners/{name}",
        "listener.update",
        "Sets keys of a listener; its connections are not touched.",
        answer.run("listener.update", OK));
    add(
        DELETE,
        "listeners/{name}",
        "listener.remove",
        "Removes a listener; its connections may finish.",
        answer.run("listener.remove", ACCEPTED));
  }

  private void addConfig() {
    add(
        GET,
        "config",
        "config.get",
        "Shows the configuration in force, as TOML.",
        answer.run("config.get", OK));
    add(
        GET,
        "config/versions",
        "config.versions",
        "Lists the versions of the configuration that are kept, the newest first.",
        answer.list("config.versions", "versions"));
    add(
        POST,
        "config/reload",
        "config.reload",
        "Reads the configuration file now.",
        answer.run("config.reload", OK));
    add(
        POST,
        "config/plan",
        "config.plan",
        "Says what a file, a reload or a rollback would change, changing nothing.",
        answer.plan());
    add(
        POST,
        "config/rollback",
        "config.rollback",
        "Goes back to an earlier version of the configuration.",
        answer.run("config.rollback", OK));
  }
}
