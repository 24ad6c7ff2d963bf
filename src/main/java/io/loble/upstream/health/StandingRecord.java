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

  void modeChanged() {
    modeSince = Instant.now();
  }

  /** Its health has taken it out of rotation, or brought it back. */
  void healthChanged() {
    healthSince = Instant.now();
  }

  /**
   * @param health the state as its health has it, whatever the mode
   */
  void publish(BackendMode mode, BackendState health) {
    boolean failed = !health.inRotation();
    boolean healthDecides = mode == BackendMode.READY && (failed || healthSince.isAfter(modeSince));
    String why = failed && mode != BackendMode.MAINTENANCE ? lastFailure : "";
    stats.health().setStanding(new Standing(healthDecides ? healthSince : modeSince, why));
  }
}
