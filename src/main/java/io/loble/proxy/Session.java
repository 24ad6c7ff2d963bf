package io.loble.proxy;

import io.loble.health.ConnectionOrder;
import io.loble.model.Backend;
import io.loble.model.Pool;
import io.loble.model.PumpMode;
import io.loble.model.Rejection;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, from accept to report. This file reads in the order in which things
 * happen: accepted, picked, connected, relayed, ended, reported.
 *
 * <p>Lives on one event loop, where both of its sockets live too.
 */
final class Session extends DeadlineWheel.Entry {

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
  private final Route route;
  private final InetSocketAddress clientAddress;
  private final Pump fromClient;
  private final long startNanos = System.nanoTime();
  private final long number;
  private final Lifetime lifetime;
  private Phase phase = Phase.CONNECTING;
  private @Nullable Pump fromBackend;
  private Selection.@Nullable Choice choice;
  private int retriesLeft;
  private int attempts;
  private @Nullable Attempt attempt;
  private @Nullable Selection selection;
  private @Nullable Pump unwritable;
  private @Nullable Lingering lingering;
  private @Nullable PeerChecks peerChecks;
  private boolean clientSpokeLast;
  private boolean countedOut;
  private Ending ending = Ending.DONE;
  private @Nullable Rejection rejection;

  private Session(
      Worker worker, Listener listener, Route route, Pump client, InetSocketAddress clientAddress) {
    this.worker = worker;
    this.number = worker.nextNumber();
    this.fromClient = client;
    this.listener = listener;
    this.pool = route.pool();
    this.route = route;
    this.clientAddress = clientAddress;
    this.retriesLeft = route.pool().retries();
    this.lifetime = new Lifetime(worker);
  }

  // Accepted.

  /** Takes charge of a client that was just accepted. */
  static void accepted(Worker worker, Listener listener, Pump client, InetSocketAddress from) {
    Session session = new Session(worker, listener, listener.route(), client, from);
    client.belongTo(session);
    listener.stats().accepted();
    worker.began(session, session.lifetime.latest());
    if (!worker.limit().tryAcquire()) {
      session.reject(Rejection.LIMIT);
    } else if (client.isDead()) {
      // Gone before it was accepted: a flood of such clients must not cost the backends anything.
      session.close(Ending.CLIENT_RESET);
    } else {
      session.pick();
    }
  }

  // Picked.

  private void pick() {
    if (selection == null) {
      selection = route.select(clientAddress.getAddress());
    }
    Selection.Choice next = selection.next();
    if (next == null) {
      reject(attempts > 0 ? Rejection.CONNECT_FAILED : selection.whyNone());
      return;
    }
    attempts++;
    choice = next;
    attempt = new Attempt(this, worker, next);
    attempt.start();
    rescheduleWhileConnecting();
  }

  /** The attempt that was made last has failed, and holds nothing of its backend any more. */
  void connectFailed(Selection.Choice tried) {
    attempt = null;
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
    fromClient.reset();
  }

  // Connected.

  /** The attempt that was made last has succeeded; the place on its backend is the session's. */
  void connected(Pump backend) {
    backend.belongTo(this);
    attempt = null;
    fromBackend = backend;
    phase = Phase.RELAYING;
    peerChecks =
        PeerChecks.begin(
            worker.wheel(),
            fromClient,
            worker.sockets().notInherited(listener.config()),
            backend,
            pool.tcp());
    active();
    reschedule();
    Pump.join(backend, fromClient);
  }

  // Relayed.

  /** Something moved: the connection is not idle. */
  void active() {
    lifetime.active();
  }

  /** A pump is about to relay bytes. */
  void relaying(Pump pump) {
    active();
    if (pump == fromBackend && pump.bytes() == 0) {
      worker.outcomes().success(pool.name(), choice().backend(), choice().trial());
    }
  }

  /** A pump has taken that many bytes from its source. */
  void relayed(Pump pump, int bytes) {
    clientSpokeLast = pump == fromClient;
    if (clientSpokeLast) {
      choice().backend().stats().addBytesToBackend(bytes);
    } else {
      choice().backend().stats().addBytesToClient(bytes);
    }
  }

  /** Of what was relayed, that many bytes did not leave the kernel. */
  void spliced(int bytes) {
    listener.stats().addSplicedBytes(bytes);
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

  /**
   * A side is known to have sent its last byte, but what it sent before waits for the other side.
   */
  void endsBehindBacklog(Pump pump) {
    if (phase == Phase.RELAYING) {
      reschedule();
    }
  }

  /** A side was reset, but what it sent before waits for the other side, and is relayed still. */
  void goneBehindBacklog(Pump pump) {
    if (phase == Phase.RELAYING && pump == fromBackend) {
      countOut();
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
      pump.peer().shutdownOutput();
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
      } else {
        reschedule();
      }
    }
  }

  /** A side is gone: its connection was reset or closed under us. */
  void failed(Pump pump) {
    switch (phase) {
      case CONNECTING -> close(Ending.CLIENT_RESET);
      case RELAYING -> resetBy(pump);
      case LINGERING -> {
        if (pump == lingering().side()) {
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
    if (gone.bytes() == 0 || !mayBeOnItsWay(left)) {
      resetBoth();
      return;
    }
    phase = Phase.LINGERING;
    lingering = new Lingering(worker, left, this::lastBytesAreTaken);
    gone.stop();
    left.stop();
    gone.close();
    if (gone == fromBackend) {
      // Its backend has no part in it any more, however long the client takes.
      countOut();
    }
    rescheduleWhileLingering();
    lingering.start();
  }

  /** Whether something that was relayed to a side may not have reached its other end. */
  private boolean mayBeOnItsWay(Pump to) {
    if (to.hasPendingWrites()) {
      return true;
    }
    return to.tellsOfUnsentBytes()
        ? to.hasUnsentBytes()
        // What a side has answered, it has got.
        : lifetime.movedJustNow() && clientSpokeLast == (to == fromBackend);
  }

  /** Everything that was relayed to a side is in its kernel's hands. */
  void flushed(Pump pump) {
    if (phase == Phase.LINGERING && pump == lingering().side()) {
      lingering().flushed();
      rescheduleWhileLingering();
    }
  }

  private void lastBytesAreTaken() {
    if (phase == Phase.LINGERING) {
      resetBoth();
    }
  }

  private void expiredWhileLingering() {
    long now = worker.wheel().now();
    if (now >= lifetime.cutAt()) {
      ending = Ending.DRAIN_CUT;
      resetBoth();
    } else if (now >= lingering().end()) {
      resetBoth();
    } else {
      rescheduleWhileLingering();
    }
  }

  private void rescheduleWhileLingering() {
    if (phase == Phase.LINGERING) {
      worker.wheel().schedule(this, Math.min(lingering().end(), lifetime.cutAt()));
    }
  }

  // Ended, as a whole.

  /** Called by the wheel when the deadline has come that was set last. */
  void expired() {
    switch (phase) {
      case CONNECTING -> expiredWhileConnecting();
      case RELAYING -> expiredWhileRelaying();
      case LINGERING -> expiredWhileLingering();
      case ENDED -> {}
    }
  }

  private void expiredWhileConnecting() {
    Ending over = lifetime.over(false);
    if (over == Ending.DRAIN_CUT || over == Ending.MAX_DURATION) {
      close(over);
    } else if (attempt != null && worker.wheel().now() >= attempt.waitsUntil()) {
      attempt.waitedTooLong();
    } else {
      rescheduleWhileConnecting();
    }
  }

  private void rescheduleWhileConnecting() {
    if (phase == Phase.CONNECTING) {
      long turn = attempt == null ? DeadlineWheel.NEVER : attempt.waitsUntil();
      worker.wheel().schedule(this, Math.min(lifetime.latest(), turn));
    }
  }

  private void expiredWhileRelaying() {
    Ending over = lifetime.over(isHalfClosed());
    if (over != null) {
      finish(over);
    } else if (isDead(fromClient)) {
      resetBy(fromClient);
    } else if (isDead(fromBackend())) {
      resetBy(fromBackend());
    } else {
      peerChecks().lookAt(worker.wheel().now());
      reschedule();
    }
  }

  /** Ends the connection at that tick or before, whatever it does. */
  void cutAt(long tick) {
    lifetime.cutAt(Math.min(tick, lifetime.cutAt()));
    adjustDeadline();
  }

  /** Takes back what {@link #cutAt} has set, unless the listener is closed. */
  void keep() {
    if (listener.isOpen()) {
      lifetime.cutAt(worker.drainEnd());
      adjustDeadline();
    }
  }

  /** The timeouts have changed, and with them when this connection is to be looked at next. */
  void timeoutsChanged() {
    adjustDeadline();
  }

  private void adjustDeadline() {
    switch (phase) {
      case CONNECTING -> rescheduleWhileConnecting();
      case LINGERING -> rescheduleWhileLingering();
      case RELAYING -> reschedule();
      case ENDED -> {}
    }
  }

  /**
   * Whether the connection can be closed without anything being lost: nothing has moved for that
   * long, nothing waits to be written, and it is not the backend's turn to speak.
   */
  boolean isQuiet(long millis) {
    return phase == Phase.RELAYING
        && !clientSpokeLast
        && lifetime.isSilentFor(millis)
        && !isHalfClosed()
        && !hasPendingWrites();
  }

  /** Closes a quiet connection, so that its client comes back to another backend. */
  void rebalance() {
    close(Ending.REBALANCED);
  }

  /** Time is up. A stream that is cut is reset, so that nobody can take it for a finished one. */
  private void finish(Ending reason) {
    if (isInTheMiddle(reason)) {
      ending = reason;
      resetBoth();
    } else {
      close(reason);
    }
  }

  /** Whether one side may still wait for the other's bytes, as far as can be told from outside. */
  private boolean isInTheMiddle(Ending reason) {
    boolean clientEnds = fromClient.isEnding();
    boolean backendEnds = fromBackend().isEnding();
    boolean answerIsOpen = clientEnds && !backendEnds;
    boolean uploadIsOpen = backendEnds && !clientEnds && clientSpokeLast;
    boolean cut = reason == Ending.DRAIN_CUT || reason == Ending.MAX_DURATION;
    return answerIsOpen
        || uploadIsOpen
        || hasPendingWrites()
        || (cut && (clientSpokeLast || lifetime.movedLately()));
  }

  /** Whether bytes wait to be written, on either side; a side is left unread only while they do. */
  private boolean hasPendingWrites() {
    return fromClient.hasPendingWrites() || fromBackend().hasPendingWrites();
  }

  /** Ends the connection after a defect. */
  void abort() {
    switch (phase) {
      case CONNECTING -> close(Ending.CLIENT_RESET);
      case RELAYING, LINGERING -> resetBoth();
      case ENDED -> {}
    }
  }

  /** Ends the connection at once with a reset, because somebody wants it to end. */
  void closeByCommand() {
    ending = Ending.CLOSED;
    switch (phase) {
      case CONNECTING -> {
        end(ending);
        fromClient.reset();
      }
      case RELAYING, LINGERING -> resetBoth();
      case ENDED -> {}
    }
  }

  private void reschedule() {
    long look = Math.min(lifetime.nextLook(isHalfClosed()), peerChecks().due());
    worker.wheel().schedule(this, look);
  }

  private boolean isHalfClosed() {
    return fromClient.isEnding() || fromBackend().isEnding() || unwritable != null;
  }

  private static boolean isDead(Pump side) {
    return side.readsNoMore() && side.isDead();
  }

  private void resetBoth() {
    end(ending);
    fromClient.reset();
    fromBackend().reset();
  }

  private void close(Ending how) {
    boolean connected = phase != Phase.CONNECTING;
    end(how);
    fromClient.close();
    if (connected) {
      fromBackend().close();
    }
  }

  // Reported.

  /** Comes before the channels are closed, since that calls back into {@link #failed}. */
  private void end(Ending how) {
    boolean connected = phase == Phase.RELAYING || phase == Phase.LINGERING;
    phase = Phase.ENDED;
    ending = how;
    fromClient.stop();
    if (connected) {
      fromBackend().stop();
    } else if (attempt != null) {
      attempt.giveUp();
    }
    countOut();
    if (rejection != Rejection.LIMIT) {
      worker.limit().release();
    }
    worker.ended(this, System.nanoTime() - startNanos);
  }

  /** Counts the connection out of its listener and its backend, once. */
  private void countOut() {
    if (countedOut) {
      return;
    }
    countedOut = true;
    long nanos = System.nanoTime() - startNanos;
    listener.stats().ended(nanos);
    if (fromBackend != null) {
      choice().backend().stats().ended(nanos);
      listener.stats().relayed(mode());
      reportOutcome();
      worker.release(pool.name(), choice().backend());
    }
  }

  /** A backend that sent a byte was reported when it did. */
  private void reportOutcome() {
    if (fromBackend().bytes() > 0) {
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

  /** The name of the pool that its backend is of. */
  String pool() {
    return pool.name();
  }

  boolean isOf(Listener other) {
    return listener == other;
  }

  boolean isOf(LiveConnections.Query query) {
    return query.isOf(
        listener.name(),
        pool.name(),
        choice == null ? null : choice.backend().name(),
        clientAddress);
  }

  InetSocketAddress client() {
    return clientAddress;
  }

  /** Its part of what its client holds. */
  LiveClients.Share share() {
    return new LiveClients.Share(
        1, startNanos, fromClient.bytes(), fromBackend == null ? 0 : fromBackend.bytes());
  }

  /** Which of its event loop's sessions it is, counted from 1 in the order of their beginnings. */
  long number() {
    return number;
  }

  /** Whether its bytes are relayed to that backend. */
  boolean isRelayedTo(ConnectionOrder.Target target) {
    if (choice == null || fromBackend == null || countedOut) {
      return false;
    }
    Backend backend = choice.backend();
    return pool.name().equals(target.pool())
        && backend.name().equals(target.backend())
        && backend.address().toString().equals(target.address());
  }

  /** The tick at which it was accepted. */
  long begun() {
    return lifetime.begun();
  }

  /** The tick at which something last moved. */
  long lastActivity() {
    return lifetime.lastActivity();
  }

  private PumpMode mode() {
    return fromClient.hasSpliced() || (fromBackend != null && fromBackend.hasSpliced())
        ? PumpMode.SPLICE
        : PumpMode.BUFFER;
  }

  /** As whoever asks for live connections sees it. */
  LiveConnection live() {
    return new LiveConnection(
        number,
        listener.name(),
        pool.name(),
        choice == null ? null : choice.backend().name(),
        clientAddress,
        startNanos,
        lifetime.silentMillis(),
        fromClient.bytes(),
        fromBackend == null ? 0 : fromBackend.bytes(),
        fromBackend == null ? null : mode(),
        liveState());
  }

  private LiveConnection.State liveState() {
    return switch (phase) {
      case CONNECTING -> LiveConnection.State.CONNECTING;
      case RELAYING ->
          isHalfClosed() ? LiveConnection.State.HALF_CLOSED : LiveConnection.State.OPEN;
      case LINGERING, ENDED -> LiveConnection.State.CLOSING;
    };
  }

  /** The line of the access log. */
  AccessLine accessLine(long nanos) {
    return new AccessLine(
        clientAddress,
        listener.name(),
        pool,
        choice,
        attempts,
        worker.transport(),
        mode(),
        fromClient.bytes(),
        fromBackend == null ? 0 : fromBackend.bytes(),
        nanos,
        ending,
        rejection);
  }

  private Pump fromBackend() {
    if (fromBackend == null) {
      throw new IllegalStateException("not connected");
    }
    return fromBackend;
  }

  private Lingering lingering() {
    if (lingering == null) {
      throw new IllegalStateException("not lingering");
    }
    return lingering;
  }

  private PeerChecks peerChecks() {
    if (peerChecks == null) {
      throw new IllegalStateException("not connected");
    }
    return peerChecks;
  }

  private Selection.Choice choice() {
    if (choice == null) {
      throw new IllegalStateException("no backend was chosen");
    }
    return choice;
  }
}
