package io.loble.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Since when a backend has been in rotation or out of it, and why.
 *
 * @param since for one that failed, when it left the rotation; else when that was wanted of it
 * @param why what failed last; empty when it is not failures that keep it out
 */
public record Standing(Instant since, String why) {

  /** The time as JSON has it, to the millisecond. */
  public String sinceText() {
    return since.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
