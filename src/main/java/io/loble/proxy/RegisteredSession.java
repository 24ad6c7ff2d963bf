package io.loble.proxy;

import io.loble.net.DeadlineWheel;

/**
 * A session as the registry of its event loop, a drain, the live view and commands see it: what it
 * is, how far it is, and how to end it. It is an entry of the registry's wheel of deadlines.
 */
abstract class RegisteredSession extends DeadlineWheel.Entry {

  /** What is known of its connection. */
  abstract SessionRecord record();

  /** How long it may live; {@link #reschedule} makes a change of it hold. */
  abstract Lifetime lifetime();

  /** How far it is. */
  abstract LiveConnection.State state();

  /**
   * Whether it can be closed without anything being lost, since nothing has moved for so long and
   * it is not the backend's turn to speak.
   */
  abstract boolean isQuiet(long millis);

  /** It is going to be cut: it is to end before, as soon as nothing is lost by it. */
  abstract void drain();

  /** The deadline has come that was set last. */
  abstract void expired();

  /** Sets the deadline anew, since what it depends on has changed. */
  abstract void reschedule();

  /** Closes both sides: nothing is left to be relayed. */
  abstract void close(Ending how);

  /** Resets both sides, so that neither can take a cut stream for a finished one. */
  abstract void resetBoth(Ending how);

  /** Ends the connection after a defect, or with its event loop. */
  abstract void abort();
}
