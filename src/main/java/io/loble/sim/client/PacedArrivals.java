package io.loble.sim.client;

import io.vertx.core.Vertx;

/** An open loop: clients begin when they are due, and late ones are made up for at once. */
final class PacedArrivals implements Arrivals {

  private final Vertx vertx;
  private final Pace pace;
  private final int step;
  private final Starter starter;
  private long next;
  private long startNanos;
  private long timer = -1;

  PacedArrivals(Vertx vertx, Pace pace, Share share, Starter starter) {
    this.vertx = vertx;
    this.pace = pace;
    this.next = share.instance();
    this.step = share.instances();
    this.starter = starter;
  }

  @Override
  public void begin(long start) {
    startNanos = start;
    startDue();
  }

  @Override
  public void stop() {
    vertx.cancelTimer(timer);
  }

  private void startDue() {
    long elapsed = System.nanoTime() - startNanos;
    for (long due = pace.due(elapsed); next < due; next += step) {
      starter.start(next, Plan.open(startNanos + pace.dueNanos(next)), outcome -> {});
    }
    timer = vertx.setTimer(pace.millisUntil(next, elapsed), id -> startDue());
  }
}
