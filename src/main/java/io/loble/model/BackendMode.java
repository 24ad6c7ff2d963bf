package io.loble.model;

import java.util.Locale;

/** What is wanted of a backend, whatever its health. */
public enum BackendMode {
  /** Its health decides. */
  READY,
  /** No new connections; those it has go on, and it is still probed. */
  DRAIN,
  /** No new connections and no probes; those it has go on. */
  MAINTENANCE,
  /** Removed; it is gone as soon as it has no connection left. */
  LEAVING;

  /** The name that configuration files, commands and the status use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
