package io.loble.config;

/**
 * Bounds of the whole process.
 *
 * @param maxConnections client connections at once; 0 for what the limit of file descriptors allows
 * @param maxPipes pipes at once, through which bulk is spliced; 0 for none
 */
public record Limits(int maxConnections, int maxPipes) {

  /** How many pipes there may be where the configuration does not say. */
  public static final int DEFAULT_MAX_PIPES = 256;
}
