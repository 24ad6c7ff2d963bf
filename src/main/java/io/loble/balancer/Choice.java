package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.Rejection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The choice of one connection, backend by backend: first one that is on trial, if there is one,
 * then those that the algorithm names, without those that are full.
 */
public final class Choice {

  private final Iterator<Backend> candidates;
  private final Places places;
  private final boolean hasQueue;
  private @Nullable Backend trial;
  private boolean sawFull;

  /**
   * @param outOfRotation those that may be on trial
   * @param candidates those in rotation, in the order in which they are to be tried
   * @param hasQueue whether clients wait while all are full
   */
  Choice(
      List<Backend> outOfRotation, Iterator<Backend> candidates, Places places, boolean hasQueue) {
    this.hasQueue = hasQueue;
    this.candidates = candidates;
    this.places = places;
    this.trial = onTrial(outOfRotation, places);
  }

  /** One that comes to nothing: there is no pool any more. */
  public static Choice none() {
    return new Choice(List.of(), Collections.emptyIterator(), Places.LOOK, false);
  }

  /**
   * The backend to try first; after that could not be connected to, the next. For one that is
   * chosen a place was taken, unless this is a rehearsal: {@code release} of its admission is to be
   * called once.
   */
  public Pick pick() {
    Backend tried = trial;
    trial = null;
    if (tried != null && places.placeOn(tried)) {
      return new Pick.Chosen(tried, true);
    }
    while (candidates.hasNext()) {
      Backend backend = candidates.next();
      if (places.placeOn(backend)) {
        return new Pick.Chosen(backend, false);
      }
      sawFull = true;
    }
    return sawFull ? allFull() : new Pick.Refused(Rejection.NO_BACKEND);
  }

  private Pick allFull() {
    return hasQueue
        ? new Pick.Wait(Rejection.BACKENDS_FULL)
        : new Pick.Refused(Rejection.BACKENDS_FULL);
  }

  private static @Nullable Backend onTrial(List<Backend> outOfRotation, Places places) {
    for (Backend backend : outOfRotation) {
      if (places.trialOn(backend)) {
        return backend;
      }
    }
    return null;
  }
}
