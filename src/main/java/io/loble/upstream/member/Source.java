package io.loble.upstream.member;

import java.util.Locale;

/**
 * Where the members of a pool are named. Where two sources name the same member, the one that is
 * declared first here has precedence.
 */
public enum Source {
  /** The configuration file, and the commands that change the configuration. */
  CONFIGURATION;

  /** The name for logs and the status. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
