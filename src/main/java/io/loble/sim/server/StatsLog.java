package io.loble.sim.server;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a line of statistics every few seconds, if the settings say so. */
public final class StatsLog {

  private static final Logger LOG = LoggerFactory.getLogger(StatsLog.class);

  private final ServerState state;
  private volatile @Nullable Future<?> timer;

  StatsLog(ServerState state) {
    this.state = state;
  }

  /** The lines are made on that event loop. */
  void start(EventLoop loop) {
    state.settings().statsInterval().ifPresent(interval -> start(loop, interval.toMillis()));
  }

  private void start(EventLoop loop, long millis) {
    StatsLine line = new StatsLine(state.settings().id(), state.stats(), System.nanoTime());
    timer =
        loop.scheduleAtFixedRate(
            () -> LOG.info("{}", line.next(System.nanoTime())),
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  void stop() {
    Future<?> running = timer;
    if (running != null) {
      running.cancel(false);
    }
  }
}
