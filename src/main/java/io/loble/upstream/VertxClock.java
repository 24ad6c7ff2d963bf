package io.loble.upstream;

import io.loble.upstream.health.Clock;
import io.vertx.core.Vertx;

/** Time as Vert.x has it; acts on the context that it is asked on. */
record VertxClock(Vertx vertx) implements Clock {

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Runnable after(long millis, Runnable action) {
    long timer = vertx.setTimer(millis, id -> action.run());
    return () -> vertx.cancelTimer(timer);
  }
}
