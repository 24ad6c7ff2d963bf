package io.loble.config;

/** Whether a listener's clients are named by a header of the PROXY protocol. */
public enum AcceptProxy {
  /** A header is not looked for: its bytes are the client's, like all others. */
  OFF,
  /** A header comes first, of version 1 or 2. */
  REQUIRED
}
