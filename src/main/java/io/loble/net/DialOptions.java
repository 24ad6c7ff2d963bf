package io.loble.net;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to connect.
 *
 * @param from an address of this machine, of the same family as the one to connect to; null where
 *     the system is to choose, and for Unix sockets
 * @param timeout by when it has failed
 * @param kind of the stream
 */
public record DialOptions(@Nullable InetAddress from, Duration timeout, StreamKind kind) {

  /** From whichever address the system chooses. */
  public DialOptions(Duration timeout, StreamKind kind) {
    this(null, timeout, kind);
  }
}
