package io.loble.upstream;

import io.loble.model.BackendMode;
import io.loble.upstream.ConnectionOrder.CloseWithin;
import io.loble.upstream.ConnectionOrder.Keep;
import io.loble.upstream.ConnectionOrder.Target;
import io.vertx.core.Vertx;

/**
 * Sees to it that backends which are to lose their connections do, in the time that they have, and
 * that those which are not, do not. To be used from one context.
 */
final class Departures {

  private final Vertx vertx;

  Departures(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * What is wanted of a backend may have changed: takes back what held for what was wanted before.
   *
   * @param leaveMillis how long connections may last if it is leaving
   */
  void follow(TrackedBackend backend, long leaveMillis) {
    Closing closing = backend.closing();
    if (closing != null && closing.mode() != backend.mode()) {
      keep(backend);
    }
    if (backend.mode() == BackendMode.LEAVING && backend.closing() == null) {
      close(backend, leaveMillis);
    }
  }

  /** Forgets that a backend's connections were to be closed. */
  void keep(TrackedBackend backend) {
    if (backend.closing() != null) {
      backend.closing(null);
      publish(new Keep(target(backend)));
    }
  }

  /** Closes what is left of a backend's connections when that time is over, and no earlier. */
  void close(TrackedBackend backend, long millis) {
    if (backend.closing() != null) {
      // Of two times a connection has the shorter one, and the latest order may give it longer.
      publish(new Keep(target(backend)));
    }
    backend.closing(Closing.within(backend.mode(), millis, System.nanoTime()));
    publish(new CloseWithin(target(backend), millis));
  }

  /** Closes again what is left, where the time is over. */
  void remind(TrackedBackend backend) {
    Closing closing = backend.closing();
    long now = System.nanoTime();
    if (closing != null && closing.isOverdue(now)) {
      backend.closing(closing.lookedAt(now));
      if (backend.stats().active() > 0) {
        publish(new CloseWithin(target(backend), 0));
      }
    }
  }

  private void publish(ConnectionOrder order) {
    vertx.eventBus().publish(ConnectionOrder.ADDRESS, order.toJson(), ConnectionOrder.delivery());
  }

  private static Target target(TrackedBackend backend) {
    return new Target(backend.poolName(), backend.name(), backend.address().toString());
  }
}
