package io.loble.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the socket of one side of a connection can be asked, and told. */
public interface StreamSocket {

  /** Whether bytes that are meant for this side wait for its socket to take them. */
  boolean hasPendingWrites();

  /** Whether this side's kernel can be asked for {@link #hasUnsentBytes}. */
  boolean tellsOfUnsentBytes();

  /**
   * Whether this side's kernel holds bytes that the other end's kernel has not acknowledged; false
   * where it cannot be asked.
   */
  boolean hasUnsentBytes();

  /** Whether the kernel has given up this side, where no event has told so yet. */
  boolean isDead();

  /**
   * Has the kernel ask this side whether it is there when nothing has come from it for that long; a
   * side that does not answer is reset.
   */
  void keepAlive(Duration idle);

  /**
   * Has the kernel reset this side when what was sent to it has waited for that long to be
   * acknowledged; does nothing where the kernel cannot be told.
   */
  void limitUnanswered(Duration most);

  /** This machine's end of the side's connection; null when the connection is gone. */
  @Nullable InetSocketAddress localAddress();
}
