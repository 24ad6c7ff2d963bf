package io.loble.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the process's limit of file descriptors is used for. A fixed number and an eighth of the
 * limit are kept for the process itself: its files, listeners, probes, pipes and admin interface,
 * and clients that are accepted before they can be refused. Of the rest each connection takes two.
 */
public final class Descriptors {

  private static final int RESERVED = 128;

  /** Two event loops of three descriptors, and a listening socket or two. */
  private static final int RESERVED_FOR_CORE = 8;

  private static final int RESERVED_SHARE = 8;

  /** Of what is reserved: pipes may take a quarter of it, and the admin interface half. */
  private static final int PIPES_SHARE = 4 * RESERVED_SHARE;

  private static final int ADMIN_SHARE = 2 * RESERVED_SHARE;

  /** Of a connection, the client's and the backend's; of a pipe, its two ends. */
  private static final int FOR_EACH = 2;

  private Descriptors() {}

  /** How many client connections there may be. */
  public static int forConnections() {
    return forConnections(limit(), Runtime.getRuntime().availableProcessors());
  }

  /** How many client connections there may be with so many descriptors and cores. */
  static int forConnections(long limit, int cores) {
    long fixed = Math.max(RESERVED, (long) RESERVED_FOR_CORE * cores);
    return count((limit - fixed - limit / RESERVED_SHARE) / FOR_EACH);
  }

  /** How many pipes there may be. */
  public static int forPipes() {
    return count(limit() / PIPES_SHARE / FOR_EACH);
  }

  /** How many connections to the admin interface there may be. */
  public static int forAdmin() {
    return count(limit() / ADMIN_SHARE);
  }

  private static int count(long number) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, number));
  }

  private static long limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
