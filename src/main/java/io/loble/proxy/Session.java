package io.loble.proxy;

import io.loble.model.Backend;
import io.loble.model.ConnectFailure;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.internal.net.NetSocketInternal;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, from accept to report. This file reads in the order in which things
 * happen: accepted, picked, connected, relayed, ended, reported.
 *
 * <p>Lives on the event loop that accepted it, where its backend's socket lives too.
 */
final class Session extends DeadlineWheel.Entry {

  private static final Logger log = LoggerFactory.getLogger(Session.class);

  /** How long the last bytes before a reset get to leave the kernel. */
  private static final long LINGER_MILLIS = DeadlineWheel.TICK_MILLIS;

  /** A stream that moved within this time is cut with a reset, so that it cannot look complete. */
  private static final long QUIET_MILLIS = 1_000;

  /** How long the last bytes may take to be written when {@code timeouts.half_closed} is off. */
  private static final long FLUSH_MILLIS = 60_000;

  /** How often a quiet half-closed connection is looked at. */
  private static final long LOOK_MILLIS = 500;

  private enum Phase {
    CONNECTING,
    RELAYING,
    /** One side is closed; the other is reset as soon as it has got what was relayed before. */
    LINGERING,
    ENDED
  }

  private final Worker worker;
  private final Listener listener;
  private final Pool pool;
  private final Selection selection;
  private final InetSocketAddress clientAddress;
  private final Pump fromClient = new Pump(this);
  private final Pump fromBackend = new Pump(this);
  private final long startNanos = System.nanoTime();
  private final long startTick;
  private Phase phase = Phase.CONNECTING;
  private Selection.@Nullable Choice choice;
  private int retriesLeft;
  private int attempts;
  private long lastActivity;
  private long cutAt;
  private @Nullable Pump unwritable;
  private @Nullable Pump lingering;
  private Ending ending = Ending.DONE;
  private @Nullable Rejection rejection;

  private Session(Worker worker, Listener listener, Route route, InetSocketAddress clientAddress) {
    this.worker = worker;
    this.listener = listener;
    this.pool = route.pool();
    this.selection = route.select(clientAddress.getAddress());
    this.clientAddress = clientAddress;
    this.retriesLeft = route.pool().retries();
    this.startTick = worker.wheel().now();
    this.lastActivity = startTick;
    this.cutAt = worker.drainEnd();
  }

  // Accepted.

  /** Takes charge of a client that was just accepted. */
  static void accepted(Worker worker, Listener listener, Channel client) {
    Channels.prepare(client);
    Session session =
        new Session(worker, listener, listener.route(), (InetSocketAddress) client.remoteAddress());
    listener.stats().accepted();
    worker.wheel().schedule(session, session.cutAt);
    client.pipeline().addFirst(session.fromClient);
    if (worker.limit().tryAcquire()) {
      session.pick();
    } else {
      session.reject(Rejection.LIMIT);
    }
  }

  // Picked.

  private void pick() {
    Selection.Choice next = selection.next();
    if (next == null) {
      reject(attempts > 0 ? Rejection.CONNECT_FAILED : selection.whyNone());
      return;
    }
    attempts++;
    choice = next;
    long start = System.nanoTime();
    worker
        .connector()
        .connect(next.backend().address(), worker.timeouts().connect())
        .onComplete(
            socket -> connected(next, socket, System.nanoTime() - start),
            failure -> connectFailed(next, failure));
  }

  private void connectFailed(Selection.Choice tried, Throwable failure) {
    ConnectFailure reason = Connector.classify(failure);
    Backend backend = tried.backend();
    log.debug("connect to {} failed: {}", backend.name(), failure.toString());
    backend.stats().connectFailed(reason);
    release(backend);
    // What this process lacks (descriptors, ports) says nothing about the backend.
    if (reason != ConnectFailure.OTHER) {
      worker.outcomes().failure(pool.name(), backend, tried.trial(), "connect " + reason.label());
    }
    if (phase == Phase.ENDED) {
      return;
    }
    if (tried.trial() || retriesLeft-- > 0) {
      pick();
    } else {
      reject(Rejection.CONNECT_FAILED);
    }
  }

  private void reject(Rejection reason) {
    rejection = reason;
    listener.stats().rejected(reason);
    end(Ending.REJECTED);
    Channels.reset(fromClient.context());
  }

  // Connected.

  private void connected(Selection.Choice made, NetSocketInternal socket, long nanos) {
    Channel backend = socket.channelHandlerContext().channel();
    made.backend().stats().connected(nanos);
    if (phase == Phase.ENDED) {
      // The client left while the connect was under way.
      backend.close();
      release(made.backend());
      return;
    }
    Channels.prepare(backend);
    backend.pipeline().addFirst(fromBackend);
    phase = Phase.RELAYING;
    active();
    reschedule();
    fromBackend.start(fromClient);
    fromClient.start(fromBackend);
  }

  // Relayed.

  /** Something moved: the connection is not idle. */
  void active() {
    lastActivity = worker.wheel().now();
  }

  /** A pump is about to relay bytes. */
  void relaying(Pump pump) {
    active();
    if (pump == fromBackend && pump.bytes() == 0) {
      worker.outcomes().success(pool.name(), choice().backend(), choice().trial());
    }
  }

  /** A pump has written that many bytes. */
  void relayed(Pump pump, int bytes) {
    if (pump == fromClient) {
      choice().backend().stats().addBytesToBackend(bytes);
    } else {
      choice().backend().stats().addBytesToClient(bytes);
    }
  }

  // Ended, side by side.

  /** A side has sent its FIN, and all it had sent before was read. */
  void sourceEnded(Pump pump) {
    if (phase != Phase.RELAYING) {
      return;
    }
    active();
    if (pump == unwritable) {
      // It closed, and it had stopped to take bytes before: that is a reset, learnt in two parts.
      resetBy(pump);
    } else {
      // Scheduled first: relaying the end may be all that was left to do, and end the session.
      reschedule();
      pump.relayEnd();
    }
  }

  /** A side has got everything that the other sent, and now gets its FIN. */
  void delivered(Pump pump) {
    if (phase != Phase.RELAYING) {
      return;
    }
    if (pump.peer().isDelivered()) {
      close(Ending.DONE);
    } else {
      Channels.shutdownOutput(pump.peer().context().channel());
    }
  }

  /** A side takes no more bytes. What it still has to say is read to the end. */
  void cannotWrite(Pump pump) {
    if (phase == Phase.LINGERING) {
      failed(pump);
    } else if (phase == Phase.RELAYING) {
      unwritable = pump;
      pump.peer().stop();
      if (pump.hasEnded()) {
        resetBy(pump);
      }
    }
  }

  /** A side is gone: its connection was reset or closed under us. */
  void failed(Pump pump) {
    switch (phase) {
      case CONNECTING -> close(Ending.CLIENT_RESET);
      case RELAYING -> resetBy(pump);
      case LINGERING -> {
        if (pump == lingering) {
          close(ending);
        }
      }
      case ENDED -> {}
    }
  }

  /** Passes a reset on, behind the bytes that came before it. */
  private void resetBy(Pump gone) {
    ending = gone == fromClient ? Ending.CLIENT_RESET : Ending.BACKEND_RESET;
    Pump left = gone.peer();
    boolean quiet = worker.wheel().now() - lastActivity > ticks(LINGER_MILLIS);
    if (gone.bytes() == 0 || (quiet && !Channels.hasPendingWrites(left.context().channel()))) {
      resetBoth();
      return;
    }
    phase = Phase.LINGERING;
    lingering = left;
    gone.stop();
    left.stop();
    gone.context().close();
    long flushMillis = worker.timeouts().halfClosed().toMillis();
    scheduleIn(flushMillis == 0 ? FLUSH_MILLIS : flushMillis);
    left.context()
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            flushed -> {
              if (phase == Phase.LINGERING) {
                scheduleIn(LINGER_MILLIS);
              }
            });
  }

  private void scheduleIn(long millis) {
    worker.wheel().schedule(this, worker.wheel().after(millis));
  }

  // Ended, as a whole.

  /** Called by the wheel when the deadline has come that {@link #reschedule} had set. */
  void expired() {
    switch (phase) {
      case CONNECTING -> close(Ending.DRAIN_CUT);
      case RELAYING -> expiredWhileRelaying();
      case LINGERING -> resetBoth();
      case ENDED -> {}
    }
  }

  private void expiredWhileRelaying() {
    long now = worker.wheel().now();
    if (now >= cutAt) {
      cut(Ending.DRAIN_CUT);
    } else if (now >= maxDurationAt()) {
      cut(Ending.MAX_DURATION);
    } else if (now >= silentAt()) {
      close(isHalfClosed() ? Ending.HALF_CLOSED_TIMEOUT : Ending.IDLE_TIMEOUT);
    } else if (isDead(fromClient)) {
      resetBy(fromClient);
    } else if (isDead(fromBackend)) {
      resetBy(fromBackend);
    } else {
      reschedule();
    }
  }

  /** Ends the connection at that tick, whatever it does. */
  void cutAt(long tick) {
    cutAt = tick;
    if (phase == Phase.CONNECTING) {
      worker.wheel().schedule(this, tick);
    } else if (phase == Phase.RELAYING) {
      reschedule();
    }
  }

  /** Ends the connection now; one in the middle of something is reset. */
  private void cut(Ending reason) {
    if (worker.wheel().now() - lastActivity < ticks(QUIET_MILLIS)) {
      ending = reason;
      resetBoth();
    } else {
      close(reason);
    }
  }

  private void reschedule() {
    long due = Math.min(Math.min(cutAt, maxDurationAt()), silentAt());
    worker.wheel().schedule(this, isHalfClosed() ? Math.min(due, nextLook()) : due);
  }

  /** When to look again for a reset that epoll does not tell of; it mostly follows our writes. */
  private long nextLook() {
    long now = worker.wheel().now();
    return now + (now - lastActivity < ticks(QUIET_MILLIS) ? 1 : ticks(LOOK_MILLIS));
  }

  private long maxDurationAt() {
    long millis = worker.timeouts().maxDuration().toMillis();
    return millis == 0 ? DeadlineWheel.NEVER : startTick + 1 + ticks(millis);
  }

  private long silentAt() {
    long millis =
        isHalfClosed()
            ? worker.timeouts().halfClosed().toMillis()
            : worker.timeouts().idle().toMillis();
    return millis == 0 ? DeadlineWheel.NEVER : lastActivity + 1 + ticks(millis);
  }

  private boolean isHalfClosed() {
    return fromClient.hasEnded() || fromBackend.hasEnded();
  }

  private static boolean isDead(Pump side) {
    return side.hasEnded() && Channels.isDead(side.context().channel());
  }

  private static long ticks(long millis) {
    return (millis + DeadlineWheel.TICK_MILLIS - 1) / DeadlineWheel.TICK_MILLIS;
  }

  private void resetBoth() {
    end(ending);
    Channels.reset(fromClient.context());
    Channels.reset(fromBackend.context());
  }

  private void close(Ending how) {
    boolean connected = phase != Phase.CONNECTING;
    end(how);
    fromClient.context().close();
    if (connected) {
      fromBackend.context().close();
    }
  }

  // Reported.

  /** Comes before the channels are closed, since that calls back into {@link #failed}. */
  private void end(Ending how) {
    boolean connected = phase == Phase.RELAYING || phase == Phase.LINGERING;
    phase = Phase.ENDED;
    ending = how;
    worker.wheel().remove(this);
    fromClient.stop();
    long nanos = System.nanoTime() - startNanos;
    listener.stats().ended(nanos);
    if (rejection != Rejection.LIMIT) {
      worker.limit().release();
    }
    if (connected) {
      fromBackend.stop();
      reportOutcome();
      release(choice().backend());
    }
    worker.ended(this, nanos);
  }

  /** A backend that sent a byte was reported when it did. */
  private void reportOutcome() {
    if (fromBackend.bytes() > 0) {
      return;
    }
    Backend backend = choice().backend();
    if (ending == Ending.BACKEND_RESET) {
      backend.stats().resetEarly();
      worker.outcomes().failure(pool.name(), backend, choice().trial(), "reset before first byte");
    } else if (ending == Ending.DONE) {
      worker.outcomes().success(pool.name(), backend, choice().trial());
    }
  }

  /** Whether the connection was ended because the process had no more time for it. */
  boolean wasCut() {
    return ending == Ending.DRAIN_CUT;
  }

  /** The tick at which something last moved. */
  long lastActivity() {
    return lastActivity;
  }

  /** The line of the access log. */
  AccessLine accessLine(long nanos) {
    return new AccessLine(
        clientAddress,
        listener.name(),
        pool,
        choice,
        attempts,
        fromClient.bytes(),
        fromBackend.bytes(),
        nanos,
        ending,
        rejection);
  }

  private void release(Backend backend) {
    if (backend.stats().release()) {
      worker.outcomes().idle(pool.name(), backend);
    }
  }

  private Selection.Choice choice() {
    if (choice == null) {
      throw new IllegalStateException("no backend was chosen");
    }
    return choice;
  }
}
