package io.loble.sim.client;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * A closed loop: so many places, each taken by one client after the other. After a failure a place
 * stays empty for a moment that doubles with each failure in a row, so that a server that is gone
 * is not tried without end.
 */
final class SlotArrivals implements Arrivals {

  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final Vertx vertx;
  private final Load.ClosedLoop load;
  private final Share share;
  private final Starter starter;
  private long opened;
  private long startNanos;
  private long timer = -1;
  private boolean stopped;

  SlotArrivals(Vertx vertx, Load.ClosedLoop load, Share share, Starter starter) {
    this.vertx = vertx;
    this.load = load;
    this.share = share;
    this.starter = starter;
    this.opened = share.instance();
  }

  /** How long a place stays empty after so many failures in a row. */
  static long pauseMillis(int failures) {
    return Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 10));
  }

  @Override
  public void begin(long start) {
    startNanos = start;
    if (load.rampUp().isZero()) {
      openUpTo(load.connections());
    } else {
      openDue(new Pace(load.connections() * 1e9 / load.rampUp().toNanos(), Duration.ZERO));
    }
  }

  @Override
  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void openDue(Pace pace) {
    long elapsed = System.nanoTime() - startNanos;
    openUpTo(pace.due(elapsed));
    if (opened < load.connections()) {
      timer = vertx.setTimer(pace.millisUntil(opened, elapsed), id -> openDue(pace));
    }
  }

  private void openUpTo(long due) {
    long end = Math.min(due, load.connections());
    for (; opened < end; opened += share.instances()) {
      new Slot().take();
    }
  }

  private final class Slot {

    private int failures;

    void take() {
      if (!stopped) {
        Plan plan = Plan.closed(System.nanoTime());
        starter.start(share.numbers().getAsLong(), plan, this::ended);
      }
    }

    private void ended(Outcome outcome) {
      if (!outcome.failed()) {
        failures = 0;
        take();
      } else if (!stopped) {
        failures++;
        vertx.setTimer(pauseMillis(failures), id -> take());
      }
    }
  }
}
