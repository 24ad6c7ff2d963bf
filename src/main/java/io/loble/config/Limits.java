package io.loble.config;

import java.time.Duration;

/**
 * Bounds of the whole process.
 *
 * @param maxConnections client connections at once; 0 for what the limit of file descriptors allows
 * @param maxPipes pipes at once, through which bulk is spliced; 0 for none
 * @param overloadLag how late an event loop may be, smoothed, before it refuses new clients; zero
 *     for no bound
 * @param overloadHeap which share of the heap may be live before new clients are refused; 0 for no
 *     bound
 */
public record Limits(int maxConnections, int maxPipes, Duration overloadLag, double overloadHeap) {

  /** How many pipes there may be where the configuration does not say. */
  public static final int DEFAULT_MAX_PIPES = 256;

  /** Limits that refuse no client for overload. */
  public Limits(int maxConnections, int maxPipes) {
    this(maxConnections, maxPipes, Duration.ZERO, 0);
  }
}
