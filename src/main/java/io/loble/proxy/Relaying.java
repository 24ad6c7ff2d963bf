package io.loble.proxy;

import io.loble.net.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stage in which bytes go both ways, until both sides have ended, one is gone, or time is up.
 */
final class Relaying extends Stage {

  /** The session, which goes on from here. */
  interface Next extends Exchange {

    /**
     * The backend's side is gone, though what it sent before is still being relayed: it has no part
     * in the connection any more.
     */
    void backendGone();

    /** One side was reset; the other one gets what was relayed to it before. */
    void linger(Stream gone, Stream left, Ending how);
  }

  private final Next session;
  private final LoopEnvironment loop;
  private final Lifetime lifetime;
  private final Sides sides;
  private final Stream client;
  private final Stream backend;
  private final PeerChecks peerChecks;
  private @Nullable Stream unwritable;

  Relaying(Next session, LoopEnvironment loop, Sides sides, Stream backend, PeerChecks peerChecks) {
    this.session = session;
    this.loop = loop;
    this.lifetime = session.lifetime();
    this.sides = sides;
    this.client = sides.client();
    this.backend = backend;
    this.peerChecks = peerChecks;
  }

  @Override
  void begin() {
    lifetime.active();
    session.reschedule();
    Stream.join(backend, client);
  }

  // One side has ended.

  @Override
  void sourceEnded(Stream side) {
    lifetime.active();
    if (side == unwritable) {
      // It closed, and it had stopped to take bytes before: that is a reset, learnt in two parts.
      resetBy(side);
    } else {
      // Scheduled first: relaying the end may be all that was left to do, and end the session.
      session.reschedule();
      side.relayEnd();
    }
  }

  @Override
  void endsBehindBacklog(Stream side) {
    session.reschedule();
  }

  @Override
  void goneBehindBacklog(Stream side) {
    if (side == backend) {
      session.backendGone();
    }
  }

  @Override
  void delivered(Stream side) {
    if (side.peer().isDelivered()) {
      session.close(Ending.DONE);
    } else {
      side.peer().shutdownOutput();
    }
  }

  @Override
  void cannotWrite(Stream side) {
    unwritable = side;
    side.peer().stop();
    if (side.hasEnded()) {
      resetBy(side);
    } else {
      session.reschedule();
    }
  }

  // One side is gone.

  @Override
  void failed(Stream side) {
    resetBy(side);
  }

  /** Passes a reset on, behind the bytes that came before it. */
  private void resetBy(Stream gone) {
    Ending how = gone == client ? Ending.CLIENT_RESET : Ending.BACKEND_RESET;
    Stream left = gone.peer();
    if (gone.bytes() == 0 || !mayBeOnItsWay(left)) {
      session.resetBoth(how);
    } else {
      session.linger(gone, left, how);
    }
  }

  /** Whether something that was relayed to a side may not have reached its other end. */
  private boolean mayBeOnItsWay(Stream to) {
    if (to.hasPendingWrites()) {
      return true;
    }
    return to.tellsOfUnsentBytes()
        ? to.hasUnsentBytes()
        // What a side has answered, it has got.
        : lifetime.movedJustNow() && sides.clientSpokeLast() == (to == backend);
  }

  // Time is up.

  @Override
  long due() {
    return Math.min(lifetime.nextLook(isHalfClosed()), peerChecks.due());
  }

  @Override
  void expired() {
    Ending over = lifetime.over(isHalfClosed());
    if (over != null && isPaused() && isSilence(over)) {
      // Not the sides are silent: it is us who do not listen.
      lifetime.active();
      session.reschedule();
    } else if (over != null) {
      finish(over);
    } else if (isDead(client)) {
      resetBy(client);
    } else if (isDead(backend)) {
      resetBy(backend);
    } else {
      peerChecks.lookAt(loop.now());
      session.reschedule();
    }
  }

  private static boolean isSilence(Ending over) {
    return over == Ending.IDLE_TIMEOUT || over == Ending.HALF_CLOSED_TIMEOUT;
  }

  private static boolean isDead(Stream side) {
    return side.readsNoMore() && side.isDead();
  }

  /** A stream that is cut is reset, so that it cannot be taken for a finished one. */
  private void finish(Ending reason) {
    if (isInTheMiddle(reason)) {
      session.resetBoth(reason);
    } else {
      session.close(reason);
    }
  }

  /** Whether one side may still wait for the other's bytes, as far as can be told from outside. */
  private boolean isInTheMiddle(Ending reason) {
    boolean clientEnds = client.isEnding();
    boolean backendEnds = backend.isEnding();
    boolean answerIsOpen = clientEnds && !backendEnds;
    boolean uploadIsOpen = backendEnds && !clientEnds && sides.clientSpokeLast();
    boolean cut = reason == Ending.DRAIN_CUT || reason == Ending.MAX_DURATION;
    return answerIsOpen
        || uploadIsOpen
        || holdsBytesBack()
        || (cut && (sides.clientSpokeLast() || lifetime.movedLately()));
  }

  @Override
  void abort() {
    session.resetBoth(Ending.DONE);
  }

  // As others see it.

  @Override
  boolean isQuiet(long millis) {
    return !sides.clientSpokeLast()
        && lifetime.isSilentFor(millis)
        && !isHalfClosed()
        && !holdsBytesBack();
  }

  /** Whether bytes wait to be written, on either side, or may wait to be read. */
  private boolean holdsBytesBack() {
    return client.hasPendingWrites() || backend.hasPendingWrites() || isPaused();
  }

  /** Whether a side is not read for a while, though the other one takes bytes. */
  private boolean isPaused() {
    return client.isPaused() || backend.isPaused();
  }

  private boolean isHalfClosed() {
    return client.isEnding() || backend.isEnding() || unwritable != null;
  }

  @Override
  LiveConnection.State state() {
    return isHalfClosed() ? LiveConnection.State.HALF_CLOSED : LiveConnection.State.OPEN;
  }
}
