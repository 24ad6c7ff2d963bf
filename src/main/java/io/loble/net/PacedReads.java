package io.loble.net;

import io.loble.model.Bandwidth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what is read from one stream to a bandwidth. When a portion is used up, the stream is not
 * read for a while, so that its kernel and then its sender slow down; nothing more is held in
 * memory. Used on the stream's event loop only.
 */
final class PacedReads extends ReadPauses.Pause {

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  private final Pacer pacer;
  private final ReadPauses pauses;
  private final Runnable readOn;
  private final Runnable abort;
  private boolean paused;

  /**
   * @param readOn called when a pause is over
   * @param abort called when that fails by a defect
   */
  PacedReads(Bandwidth bandwidth, ReadPauses pauses, Runnable readOn, Runnable abort) {
    this.pacer = new Pacer(bandwidth, System.nanoTime());
    this.pauses = pauses;
    this.readOn = readOn;
    this.abort = abort;
  }

  boolean isPaused() {
    return paused;
  }

  /** How many bytes may be read at once now: at least one while it is not paused. */
  int atMost(int most) {
    return Math.min(most, Math.max(1, pacer.readable(System.nanoTime())));
  }

  /** That many bytes were read: a pause may begin. */
  void moved(int bytes) {
    long pause = pacer.moved(bytes, System.nanoTime());
    if (pause > 0) {
      paused = true;
      pauses.begin(this, pause);
    }
  }

  @Override
  void isOver() {
    paused = false;
    try {
      readOn.run();
    } catch (Throwable e) {
      // Whatever it is, no other connection may suffer.
      log.error("a connection was ended by an internal error", e);
      abort.run();
    }
  }

  /** Nothing is read any more. */
  void stop() {
    pauses.forget(this);
    paused = false;
  }
}
