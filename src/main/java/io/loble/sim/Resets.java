package io.loble.sim;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.concurrent.TimeUnit;

/** Ends connections with a reset, as a process that dies does. To be used on their event loops. */
public final class Resets {

  private static final long LOOK_MILLIS = 5;
  private static final int LOOKS = 200;

  /** For the transports that do not tell what has arrived. */
  private static final long BLIND_MILLIS = 20;

  private Resets() {}

  /** Resets at once; what was not sent yet is lost. */
  public static void now(Channel channel) {
    // The descriptor of a closed channel may be another connection's by now, and an option set on
    // it would be set there.
    if (channel.isOpen()) {
      setLingerZero(channel);
      channel.close();
    }
  }

  /**
   * Resets when the other side's kernel has what was written, since a reset throws away what the
   * own kernel still holds, and some milliseconds later, since many programs look for errors before
   * they look for bytes; after a second in any case.
   */
  public static void afterArrival(Channel channel) {
    if (channel instanceof EpollSocketChannel epoll) {
      in(LOOK_MILLIS, epoll, () -> look(epoll, LOOKS));
    } else {
      in(BLIND_MILLIS, channel, () -> now(channel));
    }
  }

  private static void look(EpollSocketChannel channel, int left) {
    if (left == 0) {
      now(channel);
    } else if (hasArrived(channel)) {
      in(LOOK_MILLIS, channel, () -> now(channel));
    } else {
      in(LOOK_MILLIS, channel, () -> look(channel, left - 1));
    }
  }

  private static void in(long millis, Channel channel, Runnable task) {
    var unused = channel.eventLoop().schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  private static boolean hasArrived(EpollSocketChannel channel) {
    try {
      return !channel.isOpen() || channel.tcpInfo().unacked() == 0;
    } catch (ChannelException e) {
      return true;
    }
  }

  /** Makes the close that follows a reset. The channel must be open. */
  public static void setLingerZero(Channel channel) {
    try {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException e) {
      // The kernel has given the connection up already, and there is no peer left to tell.
    }
  }
}
