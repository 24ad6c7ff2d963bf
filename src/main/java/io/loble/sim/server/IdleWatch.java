package io.loble.sim.server;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls back once nothing has happened for a while. To be used on one event loop.
 *
 * <p>Activity only notes the time; the one timer looks at it when it fires, so that a busy
 * connection costs nothing.
 */
final class IdleWatch {

  private final EventLoop loop;
  private final Supplier<Duration> limit;
  private final BooleanSupplier busy;
  private final Runnable idle;
  private long lastActive = System.nanoTime();
  private @Nullable Future<?> timer;

  /**
   * @param limit asked at every look; zero for never, until {@link #limitChanged}
   * @param busy asked when the time is over; while it says yes, silence is no idleness
   */
  IdleWatch(EventLoop loop, Supplier<Duration> limit, BooleanSupplier busy, Runnable idle) {
    this.loop = loop;
    this.limit = limit;
    this.busy = busy;
    this.idle = idle;
    limitChanged();
  }

  void touch() {
    lastActive = System.nanoTime();
  }

  void limitChanged() {
    cancel();
    look();
  }

  void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void look() {
    long limitNanos = limit.get().toNanos();
    if (limitNanos == 0) {
      return;
    }
    if (busy.getAsBoolean()) {
      touch();
    }
    long left = limitNanos - (System.nanoTime() - lastActive);
    if (left > 0) {
      timer = loop.schedule(this::look, left, TimeUnit.NANOSECONDS);
    } else {
      idle.run();
    }
  }
}
