package io.loble.upstream.health;

/**
 * What came of the connections to one backend while it was in rotation: how many ended in which way
 * since the window was last cleared, and how many failed in a row. Pure. Counts arrive up to {@link
 * OutcomeReporter#INTERVAL_MILLIS} late, runs of failures at once.
 */
public final class Window {

  private long successes;
  private long failures;
  private long earlyCloses;
  private long earlyClosesInARow;
  private int failuresInARow;

  /** A connection failed, which was reported at once. */
  void failed() {
    failuresInARow++;
  }

  /** A connection succeeded, which was reported at once. */
  void succeeded() {
    failuresInARow = 0;
  }

  /** Adds what an event loop has counted. */
  void add(Tally tally) {
    successes += tally.successes();
    failures += tally.failures();
    earlyCloses += tally.earlyCloses();
    earlyClosesInARow =
        tally.isOnlyEarlyCloses()
            ? earlyClosesInARow + tally.earlyClosesInARow()
            : tally.earlyClosesInARow();
    if (tally.successes() > 0 && tally.failures() == 0) {
      failuresInARow = 0;
    }
  }

  /** Starts to count anew. Runs go on. */
  public void clear() {
    successes = 0;
    failures = 0;
    earlyCloses = 0;
  }

  /** The backend has left the rotation, or come back: what was before does not count. */
  void reset() {
    clear();
    earlyClosesInARow = 0;
    failuresInARow = 0;
  }

  /** Connections that worked. */
  public long successes() {
    return successes;
  }

  /** Connections that could not be made, or that the backend reset before its first byte. */
  public long failures() {
    return failures;
  }

  /** Successful connections that the backend ended soon and without a byte. */
  public long earlyCloses() {
    return earlyCloses;
  }

  /** Failures since the last success. */
  public int failuresInARow() {
    return failuresInARow;
  }

  /** Early closes since any other outcome; with several event loops, an approximation. */
  public long earlyClosesInARow() {
    return earlyClosesInARow;
  }
}
