package io.loble.net;

import io.netty.channel.unix.Socket;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * Has the kernel give up the other end of a connection that does not answer: {@code tcp(7)}. On
 * Linux, connections that a listening socket accepts begin with what is set on it.
 */
public final class TcpOptions {

  /** Questions without an answer, after which the other end is given up. */
  public static final int PROBES = 4;

  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(15);

  private static final int IPPROTO_IP = 0;
  private static final int IP_BIND_ADDRESS_NO_PORT = 24;

  private static final int IPPROTO_TCP = 6;
  private static final int TCP_KEEPIDLE = 4;
  private static final int TCP_KEEPINTVL = 5;
  private static final int TCP_KEEPCNT = 6;
  private static final int TCP_USER_TIMEOUT = 18;

  private static final boolean LINUX =
      PlatformDependent.normalizedOs().toLowerCase(Locale.ROOT).equals("linux");

  private TcpOptions() {}

  /**
   * Says when to ask the other end whether it is there. Elsewhere than on Linux the system says how
   * often, and for how long nothing must have come before.
   *
   * @param idle for how long nothing must have come from it, in whole seconds; zero for never
   */
  public static void setKeepalive(Socket socket, Duration idle) throws IOException {
    socket.setKeepAlive(!idle.isZero());
    if (LINUX && !idle.isZero()) {
      socket.setIntOpt(IPPROTO_TCP, TCP_KEEPIDLE, Math.toIntExact(idle.toSeconds()));
      socket.setIntOpt(IPPROTO_TCP, TCP_KEEPINTVL, intervalSeconds(idle));
      socket.setIntOpt(IPPROTO_TCP, TCP_KEEPCNT, PROBES);
    }
  }

  /**
   * Has a socket that is bound to an address and no port get its port when it connects: then each
   * target has all local ports of the address, instead of all targets together. Only Linux knows
   * it; elsewhere the port is chosen when the socket is bound.
   */
  public static void choosePortAtConnect(Socket socket) throws IOException {
    if (LINUX) {
      socket.setIntOpt(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    }
  }

  /** The time from one question to the next: a quarter of a minute, or less for who asks soon. */
  public static int intervalSeconds(Duration idle) {
    return Math.toIntExact(
        (idle.compareTo(LONGEST_INTERVAL) < 0 ? idle : LONGEST_INTERVAL).toSeconds());
  }

  /**
   * Says for how long what was sent may wait to be acknowledged; only Linux can be told.
   *
   * @param most zero for as long as the system says
   */
  public static void setUserTimeout(Socket socket, Duration most) throws IOException {
    if (LINUX) {
      socket.setIntOpt(IPPROTO_TCP, TCP_USER_TIMEOUT, Math.toIntExact(most.toMillis()));
    }
  }
}
