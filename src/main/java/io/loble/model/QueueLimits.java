package io.loble.model;

import java.time.Duration;

/**
 * How clients may wait while every backend in rotation is full.
 *
 * @param max how many at once; 0 for none
 * @param timeout how long each
 */
public record QueueLimits(int max, Duration timeout) {

  /** Nobody waits. */
  public static final QueueLimits NONE = new QueueLimits(0, Duration.ofSeconds(5));
}
