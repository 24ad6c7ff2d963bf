package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.Rejection;

/** What comes of a choice. */
public sealed interface Pick {

  /**
   * A backend to try.
   *
   * @param trial whether it is out of rotation and this connection is to show how it does
   */
  record Chosen(Backend backend, boolean trial) implements Pick {}

  /**
   * No backend has room now, and the pool lets clients wait until one has.
   *
   * @param reason what the client would be turned away for if it did not wait
   */
  record Wait(Rejection reason) implements Pick {}

  /**
   * There is no backend to try, or none that was not tried yet.
   *
   * @param reason why, when no backend was tried
   */
  record Refused(Rejection reason) implements Pick {}
}
