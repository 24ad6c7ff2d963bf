package io.loble.admin;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;

/**
 * The page for people, at {@code /}. It holds nothing but itself, so it needs no token: whatever it
 * shows, it asks {@code /api} for, with the token that its user typed where there is one.
 */
final class Dashboard {

  private static final String PAGE = "index.html";

  /** All that is served, and nothing else is: a path is looked up here, never in a directory. */
  private static final List<String> FILES =
      List.of(
          PAGE,
          "style.css",
          "icon.svg",
          "lock.svg",
          "app.js",
          "api.js",
          "attention.js",
          "chart.js",
          "columns.js",
          "condition.js",
          "connections.js",
          "controls.js",
          "detail.js",
          "dialogs.js",
          "dom.js",
          "explain.js",
          "feed.js",
          "findings.js",
          "format.js",
          "head.js",
          "history.js",
          "listeners.js",
          "log.js",
          "marks.js",
          "panels.js",
          "past.js",
          "pool.js",
          "pools.js",
          "requests.js",
          "row.js",
          "sources.js",
          "timeline.js",
          "tls.js",
          "view.js",
          "uplot/uPlot.iife.min.js",
          "uplot/uPlot.min.css",
          "uplot/LICENSE");

  private Dashboard() {}

  static void mount(Router router, Vertx vertx) {
    for (String name : FILES) {
      String path = name.equals(PAGE) ? "/" : "/dashboard/" + name;
      Resource.mount(router, path, Map.of(HttpMethod.GET, new PageFile(vertx, name)));
    }
  }
}
