package io.loble.upstream.health;

import io.loble.model.Backend;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;

/**
 * Reports to health what came of the connections of one event loop. Failures are sent at once, and
 * so are successes of backends that failed lately. Everything is counted as well, and the counts
 * are sent together once per interval, so that healthy traffic costs no message and no allocation
 * per connection. Belongs to the event loop that it is made on.
 */
public final class OutcomeReporter {

  /** How long counts are held before they are sent. */
  static final long INTERVAL_MILLIS = 1_000;

  /** A cluster has one health per node: outcomes stay on the node that saw them. */
  private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private final Vertx vertx;
  private final LoopTallies tallies = new LoopTallies();
  private boolean due;

  public OutcomeReporter(Vertx vertx) {
    this.vertx = vertx;
  }

  /** A connection to the backend failed. */
  public void failure(String pool, Backend backend, boolean trial, String detail) {
    tally(pool, backend).failed();
    send(pool, backend, Outcome.Kind.FAILURE, trial, detail);
  }

  /** A connection to the backend worked. */
  public void success(String pool, Backend backend, boolean trial) {
    backend.stats().counters().succeeded();
    tally(pool, backend).succeeded();
    sendIfWatched(pool, backend, Outcome.Kind.SUCCESS, trial);
  }

  /** The backend ended a connection cleanly, soon, and without a byte, before its client did. */
  public void earlyClose(String pool, Backend backend, boolean trial) {
    backend.stats().counters().succeeded();
    tally(pool, backend).closedEarly();
    sendIfWatched(pool, backend, Outcome.Kind.EARLY_CLOSE, trial);
  }

  /** The backend has no connection left. */
  public void idle(String pool, Backend backend) {
    if (backend.stats().health().watched()) {
      send(pool, backend, Outcome.Kind.IDLE, false, "");
    }
  }

  private LoopTally tally(String pool, Backend backend) {
    if (!due) {
      due = true;
      vertx.setTimer(INTERVAL_MILLIS, timer -> sendTallies());
    }
    return tallies.of(pool, backend);
  }

  private void sendTallies() {
    due = false;
    send(TallyReport.ADDRESS, new TallyReport(tallies.take()).toJson());
  }

  private void sendIfWatched(String pool, Backend backend, Outcome.Kind kind, boolean trial) {
    if (backend.stats().health().watched()) {
      send(pool, backend, kind, trial, "");
    }
  }

  private void send(String pool, Backend backend, Outcome.Kind kind, boolean trial, String detail) {
    Outcome outcome =
        new Outcome(pool, backend.name(), backend.address().toString(), kind, trial, detail);
    send(Outcome.ADDRESS, outcome.toJson());
  }

  private void send(String address, JsonObject message) {
    vertx.eventBus().send(address, message, LOCAL);
  }
}
