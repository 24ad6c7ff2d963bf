package io.loble.net;

import io.netty.channel.unix.Socket;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** What Linux tells of a TCP connection: {@code TCP_INFO}, as in {@code linux/tcp.h}. */
public final class TcpInfo {

  private static final int IPPROTO_TCP = 6;
  private static final int TCP_INFO = 11;
  private static final int BYTES = 148;
  private static final int UNACKED = 24;
  private static final int NOTSENT = 144;

  private static final boolean LINUX =
      PlatformDependent.normalizedOs().toLowerCase(Locale.ROOT).equals("linux");

  private TcpInfo() {}

  /** Whether this system can be asked. */
  public static boolean isKnownHere() {
    return LINUX;
  }

  /**
   * Whether the kernel has bytes that it has not sent, or that the other end's kernel has not
   * acknowledged. Call it for an open socket only, where {@link #isKnownHere}.
   */
  public static boolean hasUnsentBytes(Socket socket) {
    ByteBuffer info = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
    try {
      socket.getRawOpt(IPPROTO_TCP, TCP_INFO, info);
      return info.getInt(UNACKED) > 0 || info.getInt(NOTSENT) > 0;
    } catch (IOException e) {
      // The connection is gone, and what it had with it.
      return false;
    }
  }
}
