package io.loble.proxy;

/** A session as its stage sees it: how long it may live, and how to end it. */
interface Exchange {

  Lifetime lifetime();

  /** Sets the deadline as the stage wants it now. */
  void reschedule();

  /** Closes both sides: nothing is left to be relayed. */
  void close(Ending how);

  /** Resets both sides, so that neither can take a cut stream for a finished one. */
  void resetBoth(Ending how);
}
