package io.loble.model;

import java.time.Duration;

/**
 * When the kernel gives up the other end of a connection that does not answer.
 *
 * @param keepalive for how long nothing may come from it before it is asked whether it is there;
 *     zero for never. Whole seconds, since the kernel counts in them
 * @param userTimeout for how long what was sent to it may wait to be acknowledged, or to be sent
 *     where it takes nothing; zero for as long as the system says
 */
public record TcpSettings(Duration keepalive, Duration userTimeout) {

  /** Where the configuration does not say. */
  public static final TcpSettings DEFAULT = new TcpSettings(Duration.ofMinutes(2), Duration.ZERO);

  /** The system's own ways. */
  public static final TcpSettings NONE = new TcpSettings(Duration.ZERO, Duration.ZERO);
}
