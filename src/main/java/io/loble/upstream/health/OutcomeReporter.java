package io.loble.upstream.health;

import io.loble.model.Backend;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;

/**
 * How a proxy reports to health. Says nothing that health would not act on: of a backend without
 * recent failures only failures are sent. May be used from any thread.
 */
public final class OutcomeReporter {

  /** A cluster has one health a node: outcomes stay on the node that saw them. */
  private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private final Vertx vertx;

  public OutcomeReporter(Vertx vertx) {
    this.vertx = vertx;
  }

  /** A connection to the backend failed. */
  public void failure(String pool, Backend backend, boolean trial, String detail) {
    send(pool, backend, Outcome.Kind.FAILURE, trial, detail);
  }

  /** A connection to the backend worked. */
  public void success(String pool, Backend backend, boolean trial) {
    if (backend.stats().watched()) {
      send(pool, backend, Outcome.Kind.SUCCESS, trial, "");
    }
  }

  /** The backend has no connection left. */
  public void idle(String pool, Backend backend) {
    if (backend.stats().watched()) {
      send(pool, backend, Outcome.Kind.IDLE, false, "");
    }
  }

  private void send(String pool, Backend backend, Outcome.Kind kind, boolean trial, String detail) {
    Outcome outcome =
        new Outcome(pool, backend.name(), backend.address().toString(), kind, trial, detail);
    vertx.eventBus().send(Outcome.ADDRESS, outcome.toJson(), LOCAL);
  }
}
