package io.loble.upstream;

import static java.util.stream.Collectors.toSet;

import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.Pool;
import io.loble.upstream.health.BackendMonitor;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what health has changed, and publishes it as events. */
final class HealthNews {

  private static final Logger log = LoggerFactory.getLogger("loble.health");

  private static final String WHO = "health";

  /** So many are told of one by one when they are gone at the same moment. */
  private static final int MOST_GONE = 20;

  private final Events events;
  private Set<String> panicking = Set.of();

  HealthNews(Vertx vertx) {
    this.events = new Events(vertx);
  }

  /** A backend has changed its state; to be logged before proxies can act on it. */
  void logChange(BackendMonitor backend, BackendState from, BackendState to, String detail) {
    String name = backend.name();
    String pool = backend.poolName();
    if (from.inRotation() && !to.inRotation()) {
      log.warn(
          "[health] backend {} DOWN pool={} state={} reason: {}", name, pool, to.label(), detail);
    } else if (to.inRotation() && !from.inRotation()) {
      log.info("[health] backend {} UP pool={}", name, pool);
    } else {
      log.info("[health] backend {} {} pool={}", name, word(from, to), pool);
    }
  }

  private static String word(BackendState from, BackendState to) {
    return switch (to) {
      case UNHEALTHY -> "drained";
      case DRAINING -> "recovered";
      case HEALTHY -> "warm";
      default -> from.label() + " -> " + to.label();
    };
  }

  /** The change of state is in the snapshot. */
  void publishChange(BackendMonitor backend, BackendState from, BackendState to, String detail) {
    events.publish(
        new Events.Event("backend.state", WHO, what(backend), from.label(), to.label()),
        names(backend).put("from", from.label()).put("to", to.label()).put("detail", detail));
  }

  /** Tells which pools have begun to use backends that are out of rotation, or have ceased to. */
  void panic(Map<String, Pool> pools) {
    Set<String> now =
        pools.values().stream().filter(Pool::isInPanic).map(Pool::name).collect(toSet());
    Set<String> before = panicking;
    panicking = now;
    now.stream().filter(pool -> !before.contains(pool)).forEach(pool -> panic(pool, true));
    before.stream().filter(pool -> !now.contains(pool)).forEach(pool -> panic(pool, false));
  }

  private void panic(String pool, boolean begins) {
    if (begins) {
      log.warn("[health] pool {} PANIC: too few backends are in rotation, all are used", pool);
    } else {
      log.info("[health] pool {} is no longer in panic", pool);
    }
    events.publish(
        new Events.Event("pool.panic", WHO, "pool " + pool, !begins, begins),
        new JsonObject().put("pool", pool));
  }

  /** The last connection of each of these backends, which were removed, has ended. */
  void gone(List<BackendMonitor> backends) {
    backends.stream().limit(MOST_GONE).forEach(this::gone);
    if (backends.size() > MOST_GONE) {
      log.info("[health] and {} more backends gone", backends.size() - MOST_GONE);
    }
  }

  private void gone(BackendMonitor backend) {
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
