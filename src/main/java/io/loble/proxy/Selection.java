package io.loble.proxy;

import io.loble.model.Backend;
import io.loble.model.Rejection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The backends to try for one connection: first the one on trial, if there is one, then those that
 * the balancer names, without those that are full.
 */
final class Selection {

  private final Iterator<Backend> candidates;
  private @Nullable Backend trial;
  private boolean sawFull;

  Selection(@Nullable Backend trial, Iterator<Backend> candidates) {
    this.trial = trial;
    this.candidates = candidates;
  }

  /**
   * A backend to try next.
   *
   * @param trial whether it is out of rotation and this connection is to show how it does
   */
  record Choice(Backend backend, boolean trial) {}

  /**
   * The next backend that has room. A place on it is taken: whoever gets it calls {@code release}
   * on its stats once. Null when there is none left.
   */
  @Nullable Choice next() {
    Backend tried = trial;
    trial = null;
    if (tried != null && takePlace(tried)) {
      return new Choice(tried, true);
    }
    while (candidates.hasNext()) {
      Backend backend = candidates.next();
      if (takePlace(backend)) {
        return new Choice(backend, false);
      }
      sawFull = true;
    }
    return null;
  }

  /** Why {@link #next} has returned nothing although no connect was tried. */
  Rejection whyNone() {
    return sawFull ? Rejection.BACKENDS_FULL : Rejection.NO_BACKEND;
  }

  private static boolean takePlace(Backend backend) {
    return backend.stats().admission().tryAcquire(backend.maxConnections());
  }
}
