package io.loble.proxy;

import io.loble.balancer.Pick;
import io.loble.model.Address;
import io.loble.model.Backend;
import io.loble.model.BackendStats;
import io.loble.model.ConnectFailure;
import io.loble.model.ConnectSlots;
import io.loble.model.Pool;
import io.loble.net.ConnectError;
import io.loble.net.DeadlineWheel;
import io.loble.net.Dial;
import io.loble.net.DialEvents;
import io.loble.net.HandshakeFailedException;
import io.loble.net.Stream;
import io.loble.net.StreamKind;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage in which one backend is connected to: the session waits for its turn among all connects
 * to the backend, connects, and gives back what it holds of the backend when that fails or the
 * client is gone before.
 */
final class Connecting extends TimedStage implements DialEvents {

  /** The session, which goes on from here. */
  interface Next extends Exchange {

    /** The backend is connected; the place on it is the session's. */
    void connected(Stream backend);
  }

  private static final Logger log = LoggerFactory.getLogger(Connecting.class);

  private enum State {
    /** Other connects to the backend come first. */
    WAITING,
    CONNECTING,
    /** The session has ended: a connection that comes of it is closed. */
    GIVEN_UP,
    OVER
  }

  private final Next session;
  private final LoopEnvironment loop;
  private final Pool pool;
  private final Pick.Chosen choice;
  private final Picking picking;
  private final Greeting greeting;
  private final StreamKind kind;
  private final long end;
  private long startNanos = System.nanoTime();
  private State state = State.CONNECTING;
  private ConnectSlots.@Nullable Waiter waiter;
  private @Nullable Dial dial;

  /**
   * @param pool the backend's
   * @param choice what to connect to, on which a place is held
   * @param picking is told when the connect fails
   * @param greeting what a backend is told before TLS begins
   * @param kind of the backend's stream
   */
  Connecting(
      Next session,
      LoopEnvironment loop,
      Pool pool,
      Pick.Chosen choice,
      Picking picking,
      Greeting greeting,
      StreamKind kind) {
    super(session, loop);
    this.session = session;
    this.loop = loop;
    this.pool = pool;
    this.choice = choice;
    this.picking = picking;
    this.greeting = greeting;
    this.kind = kind;
    this.end = loop.after(loop.timeouts().connect().toMillis());
  }

  @Override
  void begin() {
    if (slots().tryTake()) {
      connect();
    } else {
      state = State.WAITING;
      waiter = slots().await(this::turnHasCome);
    }
    session.reschedule();
  }

  // Time is up, or the client is gone.

  /** The tick until which it waits for its turn at the most; the dial has a timer of its own. */
  @Override
  long end() {
    return state == State.WAITING ? end : DeadlineWheel.NEVER;
  }

  @Override
  void cut(Ending how) {
    session.close(how);
  }

  /** It has waited for its turn for as long as a connect may take. */
  @Override
  void timedOut() {
    leaveQueue();
    state = State.OVER;
    stats().counters().connectFailed(ConnectFailure.TIMEOUT);
    releasePlace();
    picking.connectFailed(choice);
  }

  @Override
  void failed(Stream side) {
    session.close(Ending.CLIENT_RESET);
  }

  @Override
  void abort() {
    session.close(Ending.CLIENT_RESET);
  }

  /** The session ends first. Costs the backend nothing, and is not counted against it. */
  @Override
  void leave() {
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

  @Override
  LiveConnection.State state() {
    return LiveConnection.State.CONNECTING;
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

  // Connecting.

  private void connect() {
    long ticksLeft = Math.max(1, end - loop.now() - 1);
    long millis = ticksLeft * DeadlineWheel.TICK_MILLIS;
    Address address = choice.backend().address();
    dial =
        pool.outbound().tls().enabled()
            ? SecuredDial.start(loop, pool, address, millis, greeting, this)
            : loop.connector().connect(pool, address, kind, millis, this);
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
    stats().counters().connected(System.nanoTime() - startNanos);
    session.connected(stream);
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
    stats().counters().connectFailed(error.reason());
    releasePlace();
    if (isBackendsFault(cause, error.reason())) {
      slow();
      loop.outcomes().failure(pool.name(), backend(), choice.trial(), "connect: " + error.text());
    } else if (error.reason() == ConnectFailure.NO_RESOURCES) {
      loop.shortages().report("clients", error.text());
    }
    picking.connectFailed(choice);
  }

  /** Else one that refuses at once would be the fastest. */
  private void slow() {
    if (pool.observation().latency()) {
      stats().answers().failed(System.nanoTime());
    }
  }

  /** A backend that accepts others meanwhile is there: its backlog is full, with our clients. */
  private boolean isBackendsFault(Throwable cause, ConnectFailure reason) {
    if (cause instanceof HandshakeFailedException handshake && handshake.isClientsFault()) {
      return false;
    }
    boolean acceptsOthers = stats().counters().lastConnectedNanos() - startNanos > 0;
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
    return stats().admission().connectSlots();
  }
}
