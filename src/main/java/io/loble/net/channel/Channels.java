package io.loble.net.channel;

import io.loble.net.TcpInfo;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;

/** What the relay asks of a Netty channel beyond reading and writing. */
final class Channels {

  /** Up to 64 KiB wait in user space for a side that does not read; then its peer is not read. */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(32 * 1024, 64 * 1024);

  private Channels() {}

  /**
   * Makes a channel fit to be relayed: reading waits until it is asked for; a FIN is an event
   * instead of a close; and a failed write does not throw away what can still be read.
   */
  static void prepare(Channel channel) {
    channel.config().setAutoRead(false);
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel.config().setAutoClose(false);
    channel.config().setWriteBufferWaterMark(WATER_MARK);
  }

  /**
   * Makes a channel fit for handlers that expect it as Netty makes it, apart from a FIN, which is
   * still an event: what was asked has to be answered.
   */
  static void restore(Channel channel) {
    channel.config().setAutoClose(true);
  }

  /** Has a channel be closed when its other end sends a FIN. */
  static void closeOnEnd(Channel channel) {
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
  }

  /** Sends a FIN; what was written and not flushed is lost. */
  static void shutdownOutput(Channel channel) {
    ((DuplexChannel) channel).shutdownOutput();
  }

  /** Closes with a reset, at once, so that the peer cannot take a cut stream for a finished one. */
  static void reset(Channel channel) {
    // The descriptor of a closed channel may be another connection's by now, and an option set on
    // it would be set there.
    if (channel.isOpen()) {
      setLingerZero(channel);
      // Before any handler: Vert.x's own would first wait for pending writes.
      channel.pipeline().firstContext().close();
    }
  }

  private static void setLingerZero(Channel channel) {
    try {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException e) {
      // The kernel has given the connection up already, and no peer is left to tell.
    }
  }

  /** Whether something was written that the kernel has not taken yet. */
  static boolean hasPendingWrites(Channel channel) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer != null && buffer.totalPendingWriteBytes() > 0;
  }

  /** Whether a channel is one of TCP, and not of a Unix socket. */
  static boolean isTcp(Channel channel) {
    return channel instanceof SocketChannel;
  }

  /**
   * Whether {@link #hasUnsentBytes} can be told of a channel: not on Java's own transport. A Unix
   * socket never has any: what was written is in the other end's queue.
   */
  static boolean tellsOfUnsentBytes(Channel channel) {
    return !isTcp(channel)
        || (TcpInfo.isKnownHere()
            && channel instanceof UnixChannel unix
            && unix.fd() instanceof Socket);
  }

  /** Whether the kernel has bytes that the other end's kernel has not acknowledged. */
  static boolean hasUnsentBytes(Channel channel) {
    return channel.isOpen()
        && isTcp(channel)
        && TcpInfo.isKnownHere()
        && channel instanceof UnixChannel unix
        && unix.fd() instanceof Socket socket
        && TcpInfo.hasUnsentBytes(socket);
  }

  /**
   * Whether the kernel has given up the connection. Needed for a side that has sent its FIN: Netty
   * reads it no more, and has no eye for a reset that follows. Java's own transport does not tell:
   * there such a connection lasts until {@code timeouts.half_closed}.
   */
  static boolean isDead(Channel channel) {
    if (!channel.isActive()) {
      return true;
    }
    try {
      return channel instanceof UnixChannel unix
          && unix.fd() instanceof Socket socket
          && socket.getSoError() != 0;
    } catch (IOException e) {
      return true;
    }
  }
}
