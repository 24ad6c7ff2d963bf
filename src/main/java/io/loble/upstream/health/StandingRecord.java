package io.loble.upstream.health;

import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.Standing;
import java.time.Instant;

/** Records since when a backend is in rotation or out of it, and why, for the status to show. */
final class StandingRecord {

  private final BackendStats stats;
  private Instant modeSince = Instant.now();
  private Instant healthSince = modeSince;
  private String lastFailure = "";

  StandingRecord(BackendStats stats) {
    this.stats = stats;
  }

  void failed(String detail) {
    lastFailure = detail;
  }

  String lastFailure() {
    return lastFailure;
  }

  void modeChanged() {
    modeSince = Instant.now();
  }

  /**
   * It was taken out of rotation, for whatever it did, let back in, or is out for another reason.
   */
  void healthChanged(BackendState before, BackendState after) {
    if (!(isFailure(before) && isFailure(after))) {
      healthSince = Instant.now();
    }
  }

  /**
   * @param ready the state that it would be in if all depended on what it does
   * @param whyOut why it is ejected or its circuit open; empty when neither
   */
  void publish(BackendMode mode, BackendState ready, String whyOut) {
    boolean failed = !ready.inRotation();
    boolean healthDecides = mode == BackendMode.READY && (failed || healthSince.isAfter(modeSince));
    String why = whyOut.isEmpty() || isFailure(ready) ? lastFailure : whyOut;
    stats
        .health()
        .setStanding(
            new Standing(
                healthDecides ? healthSince : modeSince,
                failed && mode != BackendMode.MAINTENANCE ? why : ""));
  }

  private static boolean isFailure(BackendState ready) {
    return ready == BackendState.UNHEALTHY || ready == BackendState.DRAINING;
  }
}
