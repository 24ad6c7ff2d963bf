package io.loble.upstream.probe;

import io.loble.config.ActiveCheck;
import io.vertx.core.Vertx;
import java.util.random.RandomGenerator;

/**
 * Does something once an interval, give or take the jitter, until stopped. The first time comes
 * after a random part of an interval, so that many backends are spread over it.
 */
public final class ProbeLoop {

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Probe<?> probe;
  private final ActiveCheck check;
  private final RandomGenerator random;
  private long timer = NO_TIMER;
  private boolean stopped;

  public ProbeLoop(Vertx vertx, Probe<?> probe, ActiveCheck check, RandomGenerator random) {
    this.vertx = vertx;
    this.probe = probe;
    this.check = check;
    this.random = random;
  }

  /** Hears how each probe went. */
  public interface Listener {

    /**
     * A probe has ended.
     *
     * @param startNanos when it began, by {@link System#nanoTime}
     */
    void probed(Verdict verdict, long startNanos);
  }

  public void startProbing(Listener listener) {
    after(firstDelay(), () -> probe(listener));
  }

  public void startTicking(Runnable tick) {
    after(firstDelay(), () -> tick(tick));
  }

  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void probe(Listener listener) {
    long start = System.nanoTime();
    probe
        .run()
        .onSuccess(
            verdict -> {
              if (!stopped) {
                listener.probed(verdict, start);
                long taken = (System.nanoTime() - start) / 1_000_000;
                after(Math.max(1, nextInterval() - taken), () -> probe(listener));
              }
            });
  }

  private void tick(Runnable tick) {
    tick.run();
    after(nextInterval(), () -> tick(tick));
  }

  private void after(long millis, Runnable action) {
    if (!stopped) {
      timer = vertx.setTimer(millis, id -> action.run());
    }
  }

  private long firstDelay() {
    return 1 + random.nextLong(check.interval().toMillis());
  }

  private long nextInterval() {
    double share = 1 + check.jitter() * (2 * random.nextDouble() - 1);
    return Math.max(1, Math.round(check.interval().toMillis() * share));
  }
}
