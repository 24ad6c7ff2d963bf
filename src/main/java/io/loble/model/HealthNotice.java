package io.loble.model;

import org.jspecify.annotations.Nullable;

/** What health tells all others of one backend. Written by health only, read by any thread. */
public final class HealthNotice {

  private volatile boolean watched;
  private volatile @Nullable Standing standing;

  /**
   * Whether health wants to hear of this backend's successes and of its last connection's end, as
   * it does of one that failed lately. While false, a proxy reports failures only, so that healthy
   * traffic costs no message.
   */
  public boolean watched() {
    return watched;
  }

  public void setWatched(boolean watched) {
    this.watched = watched;
  }

  /** Since when the backend is in rotation or out of it, and why; null where health is not run. */
  public @Nullable Standing standing() {
    return standing;
  }

  public void setStanding(Standing now) {
    standing = now;
  }
}
