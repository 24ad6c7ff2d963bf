package io.loble.control;

import io.loble.model.Backend;
import io.loble.upstream.ConnectionOrder;
import io.loble.upstream.ConnectionOrder.CloseQuiet;
import io.loble.upstream.ConnectionOrder.Target;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * One rebalancing of a pool, from its start to its end. Asks one proxy after another to close some
 * connections, as many as are due by then. Belongs to the context that it is started on.
 */
final class Rebalancing {

  private static final long TICK_MILLIS = 100;

  /** For connections that were not quiet when it was their turn. */
  private static final double GRACE = 1.1;

  private final Vertx vertx;
  private final StatusView view;
  private final String pool;
  private final List<Progress> backends;
  private final Duration over;
  private final Duration idle;
  private final long startNanos = System.nanoTime();
  private volatile long timer;

  Rebalancing(
      Vertx vertx,
      StatusView view,
      String pool,
      List<Surplus> surpluses,
      Duration over,
      Duration idle) {
    this.vertx = vertx;
    this.view = view;
    this.pool = pool;
    this.backends = surpluses.stream().filter(s -> s.closing() > 0).map(Progress::new).toList();
    this.over = over;
    this.idle = idle;
  }

  /** How far it is with one backend. */
  private static final class Progress {

    private final Surplus surplus;
    private int closed;
    private boolean waiting;

    Progress(Surplus surplus) {
      this.surplus = surplus;
    }

    int due(double shareOfTime) {
      int target = (int) Math.ceil(surplus.closing() * Math.min(1, shareOfTime));
      int above = surplus.backend().stats().admission().active() - surplus.share();
      return waiting ? 0 : Math.min(target - closed, above);
    }

    boolean isDone() {
      return closed >= surplus.closing()
          || surplus.backend().stats().admission().active() <= surplus.share();
    }
  }

  /** Whether any connection is to be closed. */
  boolean hasWork() {
    return !backends.isEmpty();
  }

  /**
   * Begins.
   *
   * @param whenOver called when it is over; not when it is stopped
   */
  void start(Runnable whenOver) {
    timer = vertx.setPeriodic(TICK_MILLIS, id -> tick(whenOver));
  }

  /** May be called from any thread. */
  void stop() {
    vertx.cancelTimer(timer);
  }

  private void tick(Runnable whenOver) {
    double elapsed = (System.nanoTime() - startNanos) / 1e6;
    double shareOfTime = over.isZero() ? GRACE : elapsed / over.toMillis();
    backends.forEach(backend -> close(backend, backend.due(shareOfTime)));
    boolean late = elapsed > over.toMillis() * GRACE + TICK_MILLIS * TICK_MILLIS;
    if (late || backends.stream().allMatch(Progress::isDone)) {
      stop();
      whenOver.run();
    }
  }

  private void close(Progress progress, int count) {
    Backend backend = progress.surplus.backend();
    if (count <= 0 || !view.isInRotation(pool, backend)) {
      return;
    }
    Target target = Target.of(pool, backend);
    progress.waiting = true;
    vertx
        .eventBus()
        .<JsonObject>request(
            ConnectionOrder.ADDRESS,
            new CloseQuiet(target, count, idle.toMillis()).toJson(),
            ConnectionOrder.delivery())
        .onSuccess(reply -> progress.closed += reply.body().getInteger("closed", 0))
        .onComplete(reply -> progress.waiting = false);
  }
}
