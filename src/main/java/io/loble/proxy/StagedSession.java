package io.loble.proxy;

import io.loble.net.Stream;
import io.loble.net.StreamOwner;
import io.loble.tls.TlsOutcome;

/** A session as its streams and its registry see it: what happens comes to its stage. */
abstract class StagedSession extends RegisteredSession implements StreamOwner {

  private Stage stage = Stage.NONE;

  /** Goes on to the next stage. */
  final void enter(Stage next) {
    stage = next;
    next.begin();
  }

  /**
   * Is in none from now on: what fails now fails again once there is a stage that can act on it.
   */
  final void leaveStage() {
    stage = Stage.NONE;
  }

  /** Ends in its stage, which gives back what it holds. */
  final void endStage() {
    Stage last = stage;
    stage = Stage.NONE;
    last.leave();
  }

  final boolean isOver() {
    return stage == Stage.NONE;
  }

  /** The tick at which its deadline comes. */
  final long due() {
    return stage.due();
  }

  @Override
  public void handshakeEnded(Stream side, TlsOutcome outcome) {
    stage.handshakeEnded(side, outcome);
  }

  @Override
  public void sourceEnded(Stream side) {
    stage.sourceEnded(side);
  }

  @Override
  public final void received(Stream side) {
    stage.received(side);
  }

  @Override
  final void drain() {
    stage.drain();
  }

  @Override
  public final void endsBehindBacklog(Stream side) {
    stage.endsBehindBacklog(side);
  }

  @Override
  public final void goneBehindBacklog(Stream side) {
    stage.goneBehindBacklog(side);
  }

  @Override
  public final void delivered(Stream side) {
    stage.delivered(side);
  }

  @Override
  public final void cannotWrite(Stream side) {
    stage.cannotWrite(side);
  }

  @Override
  public final void failed(Stream side) {
    stage.failed(side);
  }

  @Override
  public final void flushed(Stream side) {
    stage.flushed(side);
  }

  @Override
  public final void abort() {
    stage.abort();
  }

  @Override
  final void expired() {
    stage.expired();
  }

  @Override
  final LiveConnection.State state() {
    return stage.state();
  }

  @Override
  final boolean isQuiet(long millis) {
    return stage.isQuiet(millis);
  }
}
