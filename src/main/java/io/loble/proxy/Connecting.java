package io.loble.proxy;

import io.loble.model.Backend;
import io.loble.model.BackendStats;
import io.loble.model.ConnectFailure;
import io.loble.model.ConnectSlots;
import io.loble.net.ConnectError;
import io.loble.net.DeadlineWheel;
import io.loble.net.Dial;
import io.loble.net.DialEvents;
import io.loble.net.Stream;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try to connect a client to one backend: waits for its turn among all connects to the backend,
 * connects, and gives back what it holds of the backend when it fails or is given up. Lives on its
 * session's event loop.
 */
final class Connecting implements DialEvents {

  private static final Logger log = LoggerFactory.getLogger(Connecting.class);

  private enum State {
    /** Other connects to the backend come first. */
    WAITING,
    CONNECTING,
    /** The client is gone: whatever comes of it is of no use. */
    GIVEN_UP,
    OVER
  }

  private final Picking stage;
  private final LoopEnvironment loop;
  private final String pool;
  private final Selection.Choice choice;
  private final long end;
  private long startNanos = System.nanoTime();
  private State state = State.CONNECTING;
  private ConnectSlots.@Nullable Waiter waiter;
  private @Nullable Dial dial;

  Connecting(Picking stage, LoopEnvironment loop, String pool, Selection.Choice choice) {
    this.stage = stage;
    this.loop = loop;
    this.pool = pool;
    this.choice = choice;
    this.end = loop.wheel().after(loop.timeouts().connect().toMillis());
  }

  /**
   * Begins; {@link Picking#connected} or {@link Picking#connectFailed} follows, once, unless
   * it is given up before.
   */
  void start() {
    if (slots().tryTake()) {
      connect();
    } else {
      state = State.WAITING;
      waiter = slots().await(this::turnHasCome);
    }
  }

  /** The tick until which it waits for its turn at the most. */
  long waitsUntil() {
    return state == State.WAITING ? end : DeadlineWheel.NEVER;
  }

  /** It has waited for its turn for as long as a connect may take. */
  void waitedTooLong() {
    if (state == State.WAITING) {
      leaveQueue();
      state = State.OVER;
      stats().connectFailed(ConnectFailure.TIMEOUT);
      releasePlace();
      stage.connectFailed(choice);
    }
  }

  /** The client is gone. Costs the backend nothing, and is not counted against it. */
  void giveUp() {
    switch (state) {
      case WAITING -> {
        leaveQueue();
        state = State.GIVEN_UP;
        releasePlace();
      }
      case CONNECTING -> {
        state = State.GIVEN_UP;
        if (dial != null) {
          dial.cancel();
        }
      }
      case GIVEN_UP, OVER -> {}
    }
  }

  // Waiting.

  /** Called on any thread. */
  private void turnHasCome() {
    try {
      loop.execute(this::takeTurn);
    } catch (RejectedExecutionException e) {
      // The event loop has ended, and its sessions with it.
      slots().release();
    }
  }

  private void takeTurn() {
    if (state == State.WAITING) {
      state = State.CONNECTING;
      startNanos = System.nanoTime();
      connect();
    } else {
      slots().release();
    }
  }

  private void leaveQueue() {
    if (waiter != null) {
      // Where it is too late for that, takeTurn is on its way and gives the slot back.
      waiter.leave();
    }
  }

  // Picking.

  private void connect() {
    long ticksLeft = Math.max(1, end - loop.wheel().now() - 1);
    dial =
        loop
            .connector()
            .connect(pool, choice.backend().address(), ticksLeft * DeadlineWheel.TICK_MILLIS, this);
  }

  @Override
  public void connected(Stream stream) {
    slots().release();
    if (state == State.GIVEN_UP) {
      stream.reset();
      releasePlace();
      return;
    }
    state = State.OVER;
    stats().connected(System.nanoTime() - startNanos);
    stage.connected(stream);
  }

  @Override
  public void connectFailed(Throwable cause) {
    slots().release();
    if (state == State.GIVEN_UP) {
      releasePlace();
      return;
    }
    state = State.OVER;
    ConnectError error = ConnectError.of(cause);
    log.debug("connect to {} failed", backend().name(), cause);
    stats().connectFailed(error.reason());
    releasePlace();
    if (isBackendsFault(error.reason())) {
      loop.outcomes().failure(pool, backend(), choice.trial(), "connect: " + error.text());
    } else if (error.reason() == ConnectFailure.NO_RESOURCES) {
      loop.shortages().report("clients", error.text());
    }
    stage.connectFailed(choice);
  }

  /** A backend that accepts others meanwhile is there: its backlog is full, with our clients. */
  private boolean isBackendsFault(ConnectFailure reason) {
    boolean acceptsOthers = stats().lastConnectedNanos() - startNanos > 0;
    return reason.blamesBackend() && !(reason == ConnectFailure.TIMEOUT && acceptsOthers);
  }

  private void releasePlace() {
    loop.release(pool, backend());
  }

  private Backend backend() {
    return choice.backend();
  }

  private BackendStats stats() {
    return backend().stats();
  }

  private ConnectSlots slots() {
    return stats().connectSlots();
  }
}
