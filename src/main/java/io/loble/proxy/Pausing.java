package io.loble.proxy;

import io.loble.net.DeadlineWheel;

/**
 * The stage between a connect that has failed and the next one. Nothing of a backend is held, so a
 * client that leaves meanwhile costs nothing.
 */
final class Pausing extends ClientStage {

  private final Exchange session;
  private final LoopEnvironment loop;
  private final long millis;
  private final Runnable next;
  private boolean over;

  /**
   * @param millis how long the pause is, 1 or more
   * @param next called after it, unless the session has ended
   */
  Pausing(Exchange session, LoopEnvironment loop, long millis, Runnable next) {
    super(session, loop);
    this.session = session;
    this.loop = loop;
    this.millis = millis;
    this.next = next;
  }

  @Override
  void begin() {
    session.reschedule();
    loop.executeAfter(millis, this::pauseIsOver);
  }

  private void pauseIsOver() {
    if (!over) {
      over = true;
      next.run();
    }
  }

  /** It has a timer of its own, since the pause may be shorter than a tick. */
  @Override
  long end() {
    return DeadlineWheel.NEVER;
  }

  @Override
  void timedOut() {
    throw new IllegalStateException("has no deadline");
  }

  @Override
  void cut(Ending how) {
    session.close(how);
  }

  @Override
  void leave() {
    over = true;
  }
}
