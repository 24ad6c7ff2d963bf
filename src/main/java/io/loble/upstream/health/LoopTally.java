package io.loble.upstream.health;

import io.loble.model.Backend;

/** Counts outcomes of connections to one backend. Plain fields: belongs to one event loop. */
final class LoopTally {

  private final String pool;
  private final Backend backend;
  private long successes;
  private long failures;
  private long earlyCloses;
  private long earlyClosesInARow;

  LoopTally(String pool, Backend backend) {
    this.pool = pool;
    this.backend = backend;
  }

  void succeeded() {
    successes++;
    earlyClosesInARow = 0;
  }

  void failed() {
    failures++;
    earlyClosesInARow = 0;
  }

  void closedEarly() {
    successes++;
    earlyCloses++;
    earlyClosesInARow++;
  }

  boolean isEmpty() {
    return successes + failures == 0;
  }

  /** What was counted; counting starts again at 0. */
  Tally take() {
    Tally taken =
        new Tally(
            pool,
            backend.name(),
            backend.address().toString(),
            successes,
            failures,
            earlyCloses,
            earlyClosesInARow);
    successes = 0;
    failures = 0;
    earlyCloses = 0;
    earlyClosesInARow = 0;
    return taken;
  }
}
