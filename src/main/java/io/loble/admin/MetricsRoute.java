package io.loble.admin;

import io.loble.model.HostPort;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.HttpException;
import java.util.Map;

/** {@code /metrics}, or the hint where it is instead. */
final class MetricsRoute {

  /** Where metrics are served, as one HTTP server sees it. */
  sealed interface Place permits Here, Elsewhere, Nowhere {}

  record Here(MetricsPage page) implements Place {}

  record Elsewhere(HostPort address) implements Place {}

  record Nowhere() implements Place {}

  private MetricsRoute() {}

  static void mount(Router router, Place place) {
    if (place instanceof Here here) {
      Resource.mount(router, "/metrics", Map.of(HttpMethod.GET, here.page()));
    } else if (place instanceof Elsewhere elsewhere) {
      absent(router, "metrics are served on " + elsewhere.address());
    } else {
      absent(router, "metrics are switched off (metrics.enabled is false)");
    }
  }

  private static void absent(Router router, String why) {
    router.route("/metrics").handler(ctx -> ctx.fail(new HttpException(404, why)));
  }
}
