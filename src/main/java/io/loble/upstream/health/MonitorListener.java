package io.loble.upstream.health;

import io.loble.model.BackendState;

/** Hears what the monitor of a backend finds out, on its context. */
public interface MonitorListener {

  /**
   * What the backend does has changed its state.
   *
   * @param detail what has; empty when it was not to its discredit
   */
  void changed(BackendMonitor backend, BackendState from, BackendState to, String detail);

  /** The part of its weight that the backend has is another. */
  void shareChanged();

  /** The backend may be tried: perhaps somebody waits for room. */
  void trialGranted(BackendMonitor backend);

  /** Whether the backend's pool can do without it. */
  boolean mayEject(BackendMonitor backend);

  /** A probe could not be made, for a reason that says nothing about the backend. */
  void notProbed(String why);
}
