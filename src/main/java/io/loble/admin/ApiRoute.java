package io.loble.admin;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * One call that the JSON interface understands.
 *
 * @param path with parameters in braces, such as {@code /api/v1/pools/{pool}}
 * @param operation what it is called in the description of the interface: the command's name, where
 *     it is a command
 * @param summary what it does, in a sentence
 */
record ApiRoute(
    HttpMethod method,
    String path,
    String operation,
    String summary,
    Handler<RoutingContext> handler) {

  /** As the router wants it: with parameters behind colons. */
  String routerPath() {
    return path.replaceAll("\\{(\\w+)}", ":$1");
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("method", method.name())
        .put("path", path)
        .put("operation", operation)
        .put("summary", summary);
  }
}
