package io.loble.admin;

import io.loble.config.AdminConfig;
import io.loble.config.LobleConfig;
import io.loble.config.MetricsConfig;
import io.loble.control.SampleBalancer;
import io.loble.control.Steering;
import io.vertx.core.Vertx;

/** Admin servers for tests, in front of balancers of which nothing runs. */
final class Admins {

  private Admins() {}

  static AdminServer server(Vertx vertx, String id, AdminConfig admin, MetricsConfig metrics) {
    LobleConfig base = SampleBalancer.config();
    LobleConfig config =
        new LobleConfig(
            id,
            base.listeners(),
            base.pools(),
            base.timeouts(),
            base.limits(),
            admin,
            metrics,
            base.logging());
    return new AdminServer(vertx, Steering.of(vertx, config));
  }
}
