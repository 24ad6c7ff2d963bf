package io.loble.upstream.health;

/**
 * What came of the connections to one backend while it was in rotation: how many ended in which way
 * since the window was last cleared, and how many it has ended early in a row. Pure. Counts arrive
 * up to {@link OutcomeReporter#INTERVAL_MILLIS} late.
 */
final class Window {

  private long successes;
  private long failures;
  private long earlyCloses;
  private long earlyClosesInARow;

  /** Adds what an event loop has counted. */
  void add(Tally tally) {
    successes += tally.successes();
    failures += tally.failures();
    earlyCloses += tally.earlyCloses();
    earlyClosesInARow =
        tally.isOnlyEarlyCloses()
            ? earlyClosesInARow + tally.earlyClosesInARow()
            : tally.earlyClosesInARow();
  }

  /** Starts to count anew. Runs go on. */
  void clear() {
    successes = 0;
    failures = 0;
    earlyCloses = 0;
  }

  /** The backend has left the rotation, or come back: what was before does not count. */
  void reset() {
    clear();
    earlyClosesInARow = 0;
  }

  /** Connections that worked. */
  long successes() {
    return successes;
  }

  /** Connections that could not be made, or that the backend reset before its first byte. */
  long failures() {
    return failures;
  }

  /** Successful connections that the backend ended soon and without a byte. */
  long earlyCloses() {
    return earlyCloses;
  }

  /** Early closes since any other outcome; with several event loops, an approximation. */
  long earlyClosesInARow() {
    return earlyClosesInARow;
  }
}
