package io.loble.model;

import java.util.Locale;

/**
 * Where a backend of a pool is named. Where two sources name the same one, the source that is
 * declared first here has precedence.
 */
public enum Source {
  /** The configuration file, and the commands that change the configuration. */
  CONFIGURATION,
  /** A file of targets. */
  FILE,
  /** The EndpointSlices of a service of Kubernetes. */
  KUBERNETES,
  /** The SRV records of a name. */
  SRV,
  /** The addresses of a name. */
  DNS;

  /** The name for logs, the status and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
