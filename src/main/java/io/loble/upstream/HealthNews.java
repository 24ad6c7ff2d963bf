package io.loble.upstream;

import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.upstream.health.BackendMonitor;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what health has changed, and publishes it as events. */
final class HealthNews {

  private static final Logger log = LoggerFactory.getLogger("loble.health");

  private static final String WHO = "health";

  private final Events events;

  HealthNews(Vertx vertx) {
    this.events = new Events(vertx);
  }

  /** A backend has changed its state; to be logged before proxies can act on it. */
  void logChange(BackendMonitor backend, BackendState from, BackendState to, String detail) {
    if (from.inRotation()) {
      log.warn(
          "[health] backend {} DOWN pool={} state={} reason: {}",
          backend.name(),
          backend.poolName(),
          to.label(),
          detail);
    } else if (to.inRotation()) {
      log.info("[health] backend {} UP pool={}", backend.name(), backend.poolName());
    } else {
      log.info(
          "[health] backend {} {} pool={}",
          backend.name(),
          to == BackendState.UNHEALTHY ? "drained" : "recovered",
          backend.poolName());
    }
  }

  /** The change of state is in the snapshot. */
  void publishChange(BackendMonitor backend, BackendState from, BackendState to, String detail) {
    events.publish(
        new Events.Event("backend.state", WHO, what(backend), from.label(), to.label()),
        names(backend).put("from", from.label()).put("to", to.label()).put("detail", detail));
  }

  /** The last connection of a backend that was removed has ended. */
  void gone(BackendMonitor backend) {
    log.info("[health] backend {} gone pool={}", backend.name(), backend.poolName());
    events.publish(
        new Events.Event("backend.gone", WHO, what(backend), BackendMode.LEAVING.label(), null),
        names(backend));
  }

  private static JsonObject names(BackendMonitor backend) {
    return new JsonObject().put("pool", backend.poolName()).put("backend", backend.name());
  }

  private static String what(BackendMonitor backend) {
    return "backend " + backend.name() + " of pool " + backend.poolName();
  }
}
